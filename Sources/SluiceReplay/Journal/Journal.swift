/// A recorded connection: what an engine was made from, and each call of it with what came of it.
///
/// In a file it is JSON Lines: a header, then an entry for each call, in their order. The article Journals describes each
/// field. It holds secrets: seeds, keys and plaintext.
public struct Journal: Sendable {
    /// The first line.
    public var header: JournalHeader

    /// The lines after it.
    public var entries: [JournalEntry]

    /// A journal of these parts.
    public init(header: JournalHeader, entries: [JournalEntry]) {
        self.header = header
        self.entries = entries
    }

    /// Reads a journal.
    ///
    /// A last line without its line feed is refused as cut: a recorder that was killed leaves at most one.
    ///
    /// - Throws: ``JournalError`` with the line and the column of what can't be right.
    public init(parsing bytes: [UInt8]) throws(JournalError) {
        try self.init(parsing: bytes, isCutAccepted: false)
    }

    /// Reads a journal, and what there is of one whose recorder was killed while it wrote: all but a last line without its
    /// line feed.
    ///
    /// - Throws: ``JournalError`` with the line and the column of what can't be right.
    public init(recovering bytes: [UInt8]) throws(JournalError) {
        try self.init(parsing: bytes, isCutAccepted: true)
    }

    private init(parsing bytes: [UInt8], isCutAccepted: Bool) throws(JournalError) {
        guard bytes.count <= JournalLimits.journalBytesMax else {
            throw JournalError(
                .tooLong,
                line: 1,
                column: 1,
                "a journal has at most \(JournalLimits.journalBytesMax) bytes"
            )
        }
        var lines = JournalLines(bytes, isCutAccepted: isCutAccepted)
        guard let first = try lines.next() else {
            throw JournalError(.truncated, line: 1, column: 1, "a journal begins with its header")
        }
        header = try JournalHeader(json: first)
        entries = []
        while let line = try lines.next() {
            guard entries.count < JournalLimits.entriesMax else {
                throw line.failure(.tooMany, "a journal has at most \(JournalLimits.entriesMax) entries")
            }
            entries.append(try JournalEntry(json: line))
        }
    }

    /// The journal as a file has it.
    public func encoded() -> [UInt8] {
        entries.reduce(into: header.json.line) { $0 += $1.json.line }
    }
}

extension JSONText {
    /// The text with the line feed that ends it.
    var line: [UInt8] {
        var line: [UInt8] = []
        append(to: &line)
        line.append(UInt8(ascii: "\n"))
        return line
    }
}

/// The lines of a journal, one after another.
private struct JournalLines {
    private let bytes: [UInt8]
    private let isCutAccepted: Bool
    private var index = 0
    private var number = 0

    init(_ bytes: [UInt8], isCutAccepted: Bool) {
        self.bytes = bytes
        self.isCutAccepted = isCutAccepted
    }

    mutating func next() throws(JournalError) -> JSONValue? {
        guard index < bytes.count else { return nil }
        number += 1
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else {
            let rest = bytes.count - index
            index = bytes.count
            if isCutAccepted { return nil }
            throw JournalError(.truncated, line: number, column: rest + 1, "the last line has no end")
        }
        defer { index = end + 1 }
        return try JSONValue(bytes[index..<end], line: number)
    }
}
