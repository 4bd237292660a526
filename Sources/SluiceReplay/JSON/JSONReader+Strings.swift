// Strings, RFC 8259 §7.
extension JSONReader {
    mutating func readString() throws(JournalError) -> String {
        try expect(UInt8(ascii: "\""), within: "a string")
        var string = try readPlainText()
        while skipOne(UInt8(ascii: "\\")) {
            string.unicodeScalars.append(try readEscape())
            string += try readPlainText()
        }
        try expect(UInt8(ascii: "\""), within: "a string")
        return string
    }

    /// Text up to the next quotation mark or backslash.
    private mutating func readPlainText() throws(JournalError) -> String {
        let start = index
        while let byte = peek(), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw failure(.malformed, "a control character in a string must be escaped") }
            index += 1
        }
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: text[start..<index].span))
        } catch {
            index = start + error.byteOffsets.lowerBound
            throw failure(.notUTF8, "these bytes aren't UTF-8")
        }
    }

    /// What follows a backslash.
    private mutating func readEscape() throws(JournalError) -> Unicode.Scalar {
        guard let letter = peek() else { throw failure(.truncated, "the line ends within a string") }
        if letter == UInt8(ascii: "u") { return try readUnicodeEscape() }
        guard let scalar = escapes[letter] else { throw failure(.malformed, "no escape begins like this") }
        index += 1
        return scalar
    }

    /// `u` and four digits; beyond the Basic Multilingual Plane two of these, RFC 8259 §7.
    private mutating func readUnicodeEscape() throws(JournalError) -> Unicode.Scalar {
        let start = index
        let first = try readUTF16Unit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), skipOne(UInt8(ascii: "\\")) else { throw unpaired(at: start) }
        let second = try readUTF16Unit()
        guard UTF16.isTrailSurrogate(second) else { throw unpaired(at: start) }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func readUTF16Unit() throws(JournalError) -> UInt16 {
        try expect(UInt8(ascii: "u"), within: "a pair of escapes")
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw failure(.truncated, "the line ends within an escape") }
            guard let digit = hexDigit(byte) else { throw failure(.malformed, "four hexadecimal digits follow \\u") }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    private mutating func unpaired(at start: Int) -> JournalError {
        index = start
        return failure(.notUTF8, "half of a surrogate pair stands for no character")
    }
}

/// The escapes of one letter, RFC 8259 §7.
private let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "f"): "\u{c}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
]
