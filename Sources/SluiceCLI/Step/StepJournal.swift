import Sluice
import SluicePOSIX
import SluiceReplay

/// The journal of a connection that goes on step by step, with its engine as the last step left it.
struct StepJournal: ~Copyable {
    /// The engine. What is called of it is appended to the file.
    private(set) var engine: TLSEngine
    /// The file.
    let file: SecretFile
    /// What the engine tells of.
    let observations: TLSParameters.Observations

    /// Begins a connection.
    ///
    /// - Parameters:
    ///   - path: Where the journal is to be; there must be no file yet.
    ///   - configuration: Of the engine.
    ///   - place: Who is at the other end, if that is known.
    /// - Throws: Where the file is there or can't be made, or the configuration can't be used.
    init(creating path: String, _ configuration: TLSConfiguration, place: String?) throws {
        let now = UnixTime.now
        let context = try TLSContext(configuration, seed: .random())
        let file = try SecretFile(creating: path)
        let recorder = JournalRecorder(
            recordedBy: RecordingOptions.commandLine,
            place: place,
            wallClock: now,
            writingTo: file.append
        )
        engine = try TLSEngine(context, seed: .random(), time: now, recorder: recorder)
        self.file = file
        observations = configuration.observations
    }

    /// Goes on with a connection: makes its engine again, strictly.
    ///
    /// - Throws: ``UsageError`` where the journal can't be read, `Divergence` where it doesn't come to the same.
    init(continuing path: String) throws {
        let read = try JournalFile(reading: path)
        // A step that was killed may have left half a line; nothing can be written behind that.
        if read.isCut { try Files.replace(path, withSecret: read.journal.encoded()) }
        let file = try SecretFile(appendingTo: path)
        let now = UnixTime.now
        let start = (read.journal.header.wallClock ?? now).secondsSince1970
        let elapsed = max(read.duration, .seconds(max(0, now.secondsSince1970.subtractingReportingOverflow(start).0)))
        let recorder = JournalContinuation(elapsed: { elapsed }, writingTo: file.append)
        engine = try Self.engine(of: read, recorder)
        self.file = file
        observations = read.journal.header.beginning.configuration.observations
        recorder.goOn()
        engine.setTime(now)
    }

    private static func engine(of file: JournalFile, _ recorder: JournalContinuation) throws(Divergence) -> TLSEngine {
        var replay = try JournalReplay(file.journal, recorder: recorder)
        try replay.finish()
        return replay.takeEngine()
    }

    /// The engine, for its next step.
    consuming func takeEngine() -> TLSEngine {
        engine
    }
}

extension TLSConfiguration {
    fileprivate var observations: TLSParameters.Observations {
        switch self {
        case .client(let configuration): configuration.parameters.observations
        case .server(let configuration): configuration.parameters.observations
        }
    }
}
