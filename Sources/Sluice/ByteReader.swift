/// Reads big-endian numbers and length-prefixed vectors as RFC 8446 §3 writes them, and gives nil where the bytes end.
package struct ByteReader {
    private var rest: ArraySlice<UInt8>

    /// Reads from the front of some bytes.
    package init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(bytes)
    }

    /// Whether all was taken.
    package var isAtEnd: Bool { rest.isEmpty }

    /// The next `count` bytes.
    package mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// The next byte.
    package mutating func takeUInt8() -> UInt8? {
        take(1)?.first
    }

    /// The next two bytes as a number.
    package mutating func takeUInt16() -> UInt16? {
        take(2)?.reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// A vector with a length of one byte.
    package mutating func takeVector8() -> ArraySlice<UInt8>? {
        takeVector(lengthBytes: 1)
    }

    /// A vector with a length of two bytes.
    package mutating func takeVector16() -> ArraySlice<UInt8>? {
        takeVector(lengthBytes: 2)
    }

    /// A vector with a length of three bytes.
    package mutating func takeVector24() -> ArraySlice<UInt8>? {
        takeVector(lengthBytes: 3)
    }

    private mutating func takeVector(lengthBytes: Int) -> ArraySlice<UInt8>? {
        let start = rest
        guard let length = take(lengthBytes)?.reduce(0, { $0 << 8 | Int($1) }), let body = take(length) else {
            rest = start
            return nil
        }
        return body
    }
}
