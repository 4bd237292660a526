/// Finds what may be an anchor in YAML, without parsing it.
enum YAMLAnchors {
    /// The first `&name` where a value could begin.
    ///
    /// A real anchor is never missed: libyaml takes one only where a token begins, so not behind a letter or digit. Text
    /// in quotes or comments may be taken for one; `a&b` and `a & b` never are.
    static func firstAnchor(in bytes: [UInt8]) -> YAMLMark? {
        var (line, column) = (1, 0)
        var previous = UInt8(ascii: "\n")
        for (index, byte) in bytes.enumerated() {
            column += 1
            if byte == UInt8(ascii: "&"), !isWord(previous), index + 1 < bytes.count, isWord(bytes[index + 1]) {
                return YAMLMark(line: line, column: column)
            }
            if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
            previous = byte
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
