internal import SluicePOSIX

/// Keeps the journals of connections that failed, as files that `sluice replay` replays: so many and no more, the oldest go.
///
/// Each connection records into memory, and is forgotten if it ends well. A file belongs to its owner alone (mode 0600), as
/// it has what decrypts the connection and a server's key.
package actor FailureJournals {
    private let directory: String
    private let limits: Limits
    private let budget: JournalBudget

    /// How much is kept.
    package struct Limits: Hashable, Sendable {
        /// The most bytes of one journal; a longer one isn't kept.
        package var journalBytesMax: Int
        /// The most bytes of all journals that are being recorded.
        package var memoryBytesMax: Int
        /// The most files.
        package var filesMax: Int

        /// Limits: a handshake takes some 20 KB, so 256 KiB are one and what fails soon after it; 64 MiB are those of 3,000
        /// connections that shake hands.
        package init(
            journalBytesMax: Int = 256 * 1024,
            memoryBytesMax: Int = 64 * 1024 * 1024,
            filesMax: Int = 100
        ) {
            self.journalBytesMax = journalBytesMax
            self.memoryBytesMax = memoryBytesMax
            self.filesMax = filesMax
        }
    }

    /// Keeps journals in a directory, made with mode 0700 if there is none.
    ///
    /// - Parameters:
    ///   - directory: Where; files that have other names than journals stay.
    ///   - limits: How much is kept.
    /// - Throws: `TransportError` where it can't be made.
    package init(in directory: String, limits: Limits = Limits()) throws {
        try Files.makeSecretDirectory(directory)
        self.directory = directory.hasSuffix("/") ? directory : directory + "/"
        self.limits = limits
        budget = JournalBudget(bytes: limits.memoryBytesMax)
    }

    /// An empty journal, for one engine.
    package nonisolated func makeJournal() -> BoundedJournal {
        BoundedJournal(bytesMax: limits.journalBytesMax, budget: budget)
    }

    /// Writes a journal to a file, and removes the oldest files if there are too many.
    ///
    /// - Returns: The path; nil where the journal was dropped, or nothing is to be kept.
    /// - Throws: `TransportError` where it can't be written.
    package func keep(_ journal: BoundedJournal, named name: JournalName) throws -> String? {
        guard let bytes = journal.bytes, !bytes.isEmpty, limits.filesMax > 0 else { return nil }
        // It is on its way to a file: others may have its room.
        journal.drop()
        try makeRoom()
        for number in 1...OperationsLimits.journalsOfOneNameMax {
            let path = directory + name.description + (number == 1 ? "" : "-\(number)") + JournalName.suffix
            do throws(TransportError) {
                try Files.create(path, withSecret: bytes)
                return path
            } catch {
                guard error.code == .fileExists else { throw error }
            }
        }
        return nil
    }

    /// Removes the oldest files until there is room for one more. Their names begin with the time.
    private func makeRoom() throws {
        let names = try Files.names(in: directory).filter(JournalName.isName).sorted()
        for name in names.dropLast(limits.filesMax - 1) { Files.remove(directory + name) }
    }
}
