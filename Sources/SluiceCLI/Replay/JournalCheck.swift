import Sluice
import SluicePOSIX
import SluiceReplay

/// What came of one journal.
struct JournalCheck: Sendable {
    /// Where it is.
    let path: String
    /// What came of it.
    let result: Result
    /// How long it took to read and to replay.
    let duration: Duration

    /// What can come of a journal.
    enum Result: Sendable {
        /// Everything was the same.
        case matched(JournalPlayer.Summary)
        /// Something wasn't.
        case diverged(Divergence)
        /// It isn't there, or is no journal; or one whose recorder was killed, whose last line is cut.
        case unreadable(any Error, isCut: Bool)
    }

    /// Reads a journal and replays it.
    init(_ path: String, isCutAccepted: Bool) {
        let start = ContinuousClock.now
        self.path = path
        result = Self.result(of: path, isCutAccepted)
        duration = start.duration(to: .now)
    }

    private static func result(of path: String, _ isCutAccepted: Bool) -> Result {
        var isCut = false
        do {
            let bytes = try Files.read(path, bytesMax: JournalLimits.journalBytesMax)
            // A cut header leaves nothing to replay.
            isCut = !isCutAccepted && bytes.last != UInt8(ascii: "\n") && bytes.contains(UInt8(ascii: "\n"))
            let journal = isCutAccepted ? try Journal(recovering: bytes) : try Journal(parsing: bytes)
            return .matched(try JournalPlayer.replay(journal))
        } catch let divergence as Divergence {
            return .diverged(divergence)
        } catch {
            return .unreadable(error, isCut: isCut)
        }
    }
}

extension JournalPlayer.Summary {
    /// Ciphertext both ways.
    var byteCount: UInt64 { counters.ciphertextBytesSent + counters.ciphertextBytesReceived }
}
