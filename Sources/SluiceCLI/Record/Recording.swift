import Sluice
import SluicePOSIX
import SluiceReplay

/// Where `--record` puts journals: a file for one connection, or a directory for a file each.
struct Recording {
    /// What the context of recorded engines gets its own randomness from.
    let contextSeed: RandomSeed
    private let path: String
    private let isDirectory: Bool
    private let recordedBy: String

    /// - Parameters:
    ///   - path: An existing directory, a path that ends in a slash and becomes one, or a file to be made.
    ///   - recordedBy: The command line, for people who read the journal.
    /// - Throws: Where the directory can't be made, or the file is there already: nobody should be connected to, or let in,
    ///   for a recording that can't be.
    init(path: String, recordedBy: String) throws {
        contextSeed = try .random()
        self.path = path
        self.recordedBy = recordedBy
        if path.hasSuffix("/") { try Files.makeSecretDirectory(path) }
        isDirectory = Files.isDirectory(path)
        if !isDirectory { try Files.checkIsNew(path) }
    }

    /// An engine that is recorded from its beginning on, where it is to be.
    ///
    /// - Parameters:
    ///   - context: Made with ``contextSeed``.
    ///   - session: On a client, what to resume.
    ///   - journal: What ``journal(peer:number:)`` gave.
    /// - Returns: The engine.
    /// - Throws: What its initialiser throws.
    func engine(
        _ context: TLSContext,
        resuming session: TLSSession? = nil,
        in journal: RecordedJournal?
    ) throws(TLSError) -> TLSEngine {
        try TLSEngine(
            context,
            resuming: session,
            seed: .random(),
            time: journal?.wallClock ?? .now,
            recorder: journal?.recorder
        )
    }

    /// A new journal.
    ///
    /// - Parameters:
    ///   - peer: Who is at the other end.
    ///   - number: Of the connection, from 1. A file takes the first alone.
    /// - Returns: nil where the connection isn't to be recorded.
    /// - Throws: Where the file can't be made, or is there.
    func journal(peer: String, number: Int) throws(TransportError) -> RecordedJournal? {
        guard isDirectory || number == 1 else { return nil }
        let now = UnixTime.now
        let file = isDirectory ? try makeFile(for: peer, at: now, number) : try SecretFile(creating: path)
        return RecordedJournal(file, recordedBy: recordedBy, peer: peer, wallClock: now)
    }

    /// Makes `192.0.2.1-443-1763846400-1.journal`. Where another process made that in the same second, `…-1-2.journal`.
    private func makeFile(for peer: String, at time: UnixTime, _ number: Int) throws(TransportError) -> SecretFile {
        let host = String(
            peer.prefix(Self.hostCharactersMax).map {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-"
            }
        )
        let folder = path.hasSuffix("/") ? path : path + "/"
        let name = "\(folder)\(host)-\(time.secondsSince1970)-\(number)"
        var path = name + ".journal"
        for next in 2...Self.namesMax {
            do throws(TransportError) {
                return try SecretFile(creating: path)
            } catch {
                guard error.code == .fileExists else { throw error }
                path = "\(name)-\(next).journal"
            }
        }
        return try SecretFile(creating: path)
    }

    /// The name of a file has up to 255 bytes; a command line as a peer has more.
    private static let hostCharactersMax = 100

    /// More connections to one peer than a machine makes in a second.
    private static let namesMax = 10_000
}

/// A journal that is being written.
struct RecordedJournal {
    /// When it was begun.
    let wallClock: UnixTime
    /// Who writes it.
    let recorder: JournalRecorder
    private let file: SecretFile

    init(_ file: SecretFile, recordedBy: String, peer: String, wallClock: UnixTime) {
        self.file = file
        self.wallClock = wallClock
        let start = ContinuousClock.now
        recorder = JournalRecorder(
            recordedBy: recordedBy,
            place: peer,
            wallClock: wallClock,
            elapsed: { start.duration(to: .now) },
            writingTo: file.append
        )
    }

    /// Tells where it is, or why it isn't whole.
    func report(to console: Console) {
        if let failure = file.failure {
            console.fail("the recording isn't whole: \(failure)")
        } else {
            console.note("recorded in \(file.path), which holds secrets")
        }
    }
}
