import Sluice
import SluicePOSIX
import SluiceReplay

/// A journal that was read from a file.
struct JournalFile {
    /// Where it is.
    let path: String
    /// What is in it.
    let journal: Journal
    /// Whether a last line is left out that was cut when its recorder died.
    let isCut: Bool

    /// Reads a journal, and of one that is cut in its last line all but that.
    ///
    /// - Throws: `TransportError` where it can't be read, ``UsageError`` with the place of what can't be right.
    init(reading path: String) throws {
        self.path = path
        let bytes = try Files.read(path, bytesMax: JournalLimits.journalBytesMax)
        isCut = bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
        do throws(JournalError) {
            journal = try Journal(recovering: bytes)
        } catch {
            throw UsageError("\(path): \(error)")
        }
    }

    /// How long the recording took, as far as it tells.
    var duration: Duration { journal.entries.last?.elapsed ?? .zero }
}

extension Duration {
    /// Seconds with three decimals: `0.204 s`.
    var secondsText: String {
        let (seconds, attoseconds) = components
        let digits = String(attoseconds / 1_000_000_000_000_000)
        return "\(seconds).\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits) s"
    }
}
