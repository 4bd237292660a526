/// Reads elements of BER with a tag of one byte and a definite length, as RFC 4511 §5.1 restricts it.
struct BERReader {
    static let integer: UInt8 = 0x02
    static let octetString: UInt8 = 0x04
    static let enumerated: UInt8 = 0x0a
    static let sequence: UInt8 = 0x30

    /// What isn't taken yet.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// A tag and a length, or why there are none.
    enum Header {
        case element(tag: UInt8, length: Int)
        case incomplete, malformed
    }

    /// Takes a tag and a length.
    mutating func takeHeader() -> Header {
        guard let tag = rest.popFirst(), let first = rest.popFirst() else { return .incomplete }
        guard first >= 0x80 else { return .element(tag: tag, length: Int(first)) }
        let lengthBytes = Int(first & 0x7f)
        guard (1...4).contains(lengthBytes) else { return .malformed }
        guard rest.count >= lengthBytes else { return .incomplete }
        let length = rest.prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(lengthBytes)
        return .element(tag: tag, length: length)
    }

    /// Takes the content of the next element; nil if it has another tag, or the bytes end before.
    mutating func take(_ expected: UInt8) -> ArraySlice<UInt8>? {
        guard case .element(let tag, let length) = takeHeader(), tag == expected, length <= rest.count else {
            return nil
        }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }
}
