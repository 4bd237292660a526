/// A reply of SMTP or FTP: a number of three digits, and lines of text.
struct NumberedReply: Hashable, Sendable {
    /// 220 and the like.
    let number: Int
    /// The texts of the lines, without numbers.
    let lines: [[UInt8]]

    /// 4xx and 5xx.
    var isRefusal: Bool { (400..<600).contains(number) }

    /// Number and first line for an error.
    var words: String { "\(number) \(quoted(lines.first ?? []))" }
}

/// Puts numbered replies together from lines: `250-more` and `250 last`.
struct NumberedReplyReader: Sendable {
    /// What stands between the first and the last line of a reply.
    enum Continuation {
        /// Lines with the same number and a hyphen: SMTP, RFC 5321 §4.2.1.
        case numbered
        /// Any lines, RFC 959 §4.2.
        case free
    }

    private let continuation: Continuation
    private var reader = LineReader()
    private var number: Int?
    private var lines: [[UInt8]] = []
    private var byteCount = 0

    init(_ continuation: Continuation) {
        self.continuation = continuation
    }

    /// Takes a byte.
    ///
    /// - Returns: The reply that it ends.
    mutating func take(_ byte: UInt8) throws(PreambleError) -> NumberedReply? {
        byteCount += 1
        guard byteCount <= PreambleLimits.replyBytesMax else {
            throw PreambleError(.tooLong, "a reply has more than \(PreambleLimits.replyBytesMax) bytes")
        }
        guard let line = try reader.take(byte) else { return nil }
        return try take(line: line)
    }

    private mutating func take(line: [UInt8]) throws(PreambleError) -> NumberedReply? {
        let head = Self.head(of: line)
        guard let head, number == nil || head.number == number else {
            guard number != nil, continuation == .free else { throw Self.malformed(line) }
            lines.append(line)
            return nil
        }
        lines.append(Array(line.dropFirst(4)))
        number = head.number
        guard head.isLast else { return nil }
        defer { self = NumberedReplyReader(continuation) }
        return NumberedReply(number: head.number, lines: lines)
    }

    /// `220`, `220 text` or `220-text`.
    private static func head(of line: [UInt8]) -> (number: Int, isLast: Bool)? {
        guard let number = line.prefix(3).decimal(max: 599), number >= 100 else { return nil }
        guard line.count > 3 else { return (number, true) }
        switch line[3] {
        case UInt8(ascii: " "): return (number, true)
        case UInt8(ascii: "-"): return (number, false)
        default: return nil
        }
    }

    private static func malformed(_ line: [UInt8]) -> PreambleError {
        PreambleError(.malformed, "a reply begins with three digits, and this line doesn't: \(quoted(line))")
    }
}
