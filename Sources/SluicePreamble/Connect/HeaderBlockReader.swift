/// Puts the head of an HTTP/1.1 message together: the first line and the fields, up to the empty line (RFC 9112 §2.1).
struct HeaderBlockReader: Sendable {
    private var lines = LineReader()
    private var head: [[UInt8]] = []
    private var byteCount = 0

    /// Takes a byte.
    ///
    /// - Returns: The lines of the head that it ends, the first line first.
    mutating func take(_ byte: UInt8) throws(PreambleError) -> [[UInt8]]? {
        byteCount += 1
        guard byteCount <= PreambleLimits.headerBlockBytesMax else {
            throw PreambleError(.tooLong, "the header has more than \(PreambleLimits.headerBlockBytesMax) bytes")
        }
        guard let line = try lines.take(byte) else { return nil }
        guard !line.isEmpty else {
            defer { self = HeaderBlockReader() }
            return head
        }
        head.append(line)
        return nil
    }
}

/// A field of an HTTP header, RFC 9110 §5.
struct HeaderField: Hashable, Sendable {
    let name: [UInt8]
    let value: ArraySlice<UInt8>

    /// Parses `name: value`; nil if it isn't one. A line that continues another (RFC 9112 §5.2) is none.
    init?(_ line: [UInt8]) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            line[..<colon].allSatisfy(\.isToken), !line[colon...].contains(where: { $0 == 0 || $0 == 0x0d })
        else { return nil }
        name = Array(line[..<colon])
        let value = line[(colon + 1)...].drop(while: \.isBlank)
        self.value = value.prefix((value.lastIndex { !$0.isBlank } ?? value.startIndex - 1) + 1 - value.startIndex)
    }
}

extension UInt8 {
    /// RFC 9110 §5.6.2.
    fileprivate var isToken: Bool { isLetter || isDigit || "!#$%&'*+-.^_`|~".utf8.contains(self) }
}
