/// Reads numbers of either byte order from the front of some bytes, and gives nil where the bytes end.
struct WireReader {
    /// What wasn't taken yet. Its indices are those of the whole, so they tell where it is.
    private(set) var rest: ArraySlice<UInt8>

    let order: ByteOrder

    enum ByteOrder {
        case big, little
    }

    init(_ bytes: ArraySlice<UInt8>, order: ByteOrder = .big) {
        rest = bytes
        self.order = order
    }

    /// The next `count` bytes.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func takeUInt8() -> UInt8? {
        rest.popFirst()
    }

    mutating func takeUInt16() -> UInt16? {
        takeNumber(bytes: 2).map { UInt16(truncatingIfNeeded: $0) }
    }

    mutating func takeUInt32() -> UInt32? {
        takeNumber(bytes: 4).map { UInt32(truncatingIfNeeded: $0) }
    }

    mutating func takeUInt64() -> UInt64? {
        takeNumber(bytes: 8)
    }

    /// Four bytes that count something.
    mutating func takeCount() -> Int? {
        takeUInt32().map { Int(clamping: $0) }
    }

    private mutating func takeNumber(bytes count: Int) -> UInt64? {
        guard let bytes = take(count) else { return nil }
        return switch order {
        case .big: bytes.reduce(0) { $0 << 8 | UInt64($1) }
        case .little: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
