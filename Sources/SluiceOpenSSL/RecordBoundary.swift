/// Where the record ends that libssl is reading, so that it can be given a whole one at a time and no byte of the next.
///
///     ┌──────┬─────────┬──────────┬──────────────────────┐
///     │ type │ version │  length  │ body                 │     RFC 8446 §5.1
///     └──────┴─────────┴──────────┴──────────────────────┘
///       0      1 2       3 4        length bytes
struct RecordBoundary {
    /// Bytes of the header that were read, `0..<5`.
    private var headerByteCount = 0

    /// The length's first byte, where it was read and the second wasn't.
    private var lengthHigh: UInt8 = 0

    /// Bytes of the body that were not read. 0 in the header.
    private var bodyRest = 0

    /// How many bytes may be read next.
    ///
    /// - Parameters:
    ///   - availableByteCount: How many bytes are here.
    ///   - byte: The bytes that are here, by their place.
    /// - Returns: Those up to the record's end, or up to the header's where its length isn't here.
    func rest(of availableByteCount: Int, byte: (Int) -> UInt8) -> Int {
        if bodyRest > 0 { return bodyRest }
        let headerRest = recordHeaderBytes - headerByteCount
        guard availableByteCount >= headerRest else { return headerRest }
        let high = headerByteCount == recordHeaderBytes - 1 ? lengthHigh : byte(headerRest - 2)
        return headerRest + (Int(high) << 8 | Int(byte(headerRest - 1)))
    }

    /// Notes that bytes were read.
    ///
    /// - Parameters:
    ///   - count: How many, no more than ``rest(of:byte:)`` said.
    ///   - rest: What it said.
    ///   - byte: The bytes that were read, by their place.
    mutating func advance(by count: Int, of rest: Int, byte: (Int) -> UInt8) {
        let headerRest = recordHeaderBytes - headerByteCount
        if bodyRest > 0 {
            bodyRest -= count
        } else if count >= headerRest {
            (headerByteCount, bodyRest) = (0, rest - count)
        } else {
            headerByteCount += count
            if headerByteCount == recordHeaderBytes - 1 { lengthHigh = byte(count - 1) }
        }
    }

    /// Whether the next byte is a record's first.
    var isAtStart: Bool { headerByteCount == 0 && bodyRest == 0 }

    /// How many bytes end the header or the body that is being read.
    var request: Int { bodyRest > 0 ? bodyRest : recordHeaderBytes - headerByteCount }
}
