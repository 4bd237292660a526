/// Bytes as people read them: offset, sixteen in hexadecimal, the same as text.
enum HexDump {
    /// The lines, without line feeds: 00000010  48 54 54 50 …  HTTP….
    static func lines(of bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 16).map { offset in
            let row = bytes[offset..<min(offset + 16, bytes.count)]
            let digits = row.enumerated().map { ($0 == 8 ? " " : "") + hex($1, to: 2) }.joined(separator: " ")
            let text = String(row.map { (0x20..<0x7f).contains($0) ? Character(Unicode.Scalar($0)) : "." })
            return "\(hex(offset, to: 8))  \(digits.padded(to: 49)) \(text)"
        }
    }

    private static func hex(_ number: some BinaryInteger, to width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
