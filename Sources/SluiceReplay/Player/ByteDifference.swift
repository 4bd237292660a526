/// Two runs of bytes that should be the same and aren't.
public struct ByteDifference: Hashable, Sendable {
    /// What was recorded.
    public let expected: [UInt8]

    /// What came of the replay.
    public let got: [UInt8]

    /// Where they first differ. Where one only goes on behind the other's end, that is its end.
    public let offset: Int

    /// The difference between two runs, or nil if there is none.
    public init?(expected: [UInt8], got: [UInt8]) {
        guard expected != got else { return nil }
        self.expected = expected
        self.got = got
        offset = zip(expected, got).prefix { $0 == $1 }.count
    }
}

extension ByteDifference: CustomStringConvertible {
    /// Both runs side by side around the first difference, eight bytes of each in a row of 80 columns. A mark is under
    /// each byte that differs.
    ///
    ///     offset    expected                          │ got
    ///     00000000  16 03 03 00 7a 02 00 00  ....z... │ 16 03 03 00 7a 02 00 01  ....z...
    ///                                    ^^           │                      ^^
    public var description: String {
        let rows = (firstRow..<rowsEnd).flatMap { lines(ofRow: $0) }
        let hidden = (max(expected.count, got.count) + rowBytes - 1) / rowBytes - rowsEnd
        let rest = hidden > 0 ? ["… \(hidden) more rows"] : []
        return (["offset    \("expected".padded(to: sideWidth)) │ got"] + rows + rest).joined(separator: "\n")
    }

    private var firstRow: Int { max(0, offset / rowBytes - rowsBefore) }

    private var rowsEnd: Int {
        min((max(expected.count, got.count) + rowBytes - 1) / rowBytes, offset / rowBytes + 1 + rowsBehind)
    }

    private func lines(ofRow row: Int) -> [String] {
        let range = row * rowBytes..<(row + 1) * rowBytes
        let left = expected.slice(range)
        let right = got.slice(range)
        let digits = String(range.lowerBound, radix: 16)
        let place = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        let bytes = "\(place)  \(Self.side(left).padded(to: sideWidth)) │ \(Self.side(right))"
        guard !left.elementsEqual(right) else { return [bytes.trimmed] }
        let marks = Self.marks(left, right)
        return [bytes, "          \(marks.padded(to: sideWidth)) │ \(marks)"].map(\.trimmed)
    }

    private static func side(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = bytes.map { Hex.text(of: [$0]) }.joined(separator: " ")
        let text = bytes.map { byte in
            (0x20..<0x7f).contains(byte) ? String(UnicodeScalar(byte)) : "."
        }
        return "\(digits.padded(to: 3 * rowBytes - 1))  \(text.joined())"
    }

    /// A mark for each byte that the other side lacks or has otherwise.
    private static func marks(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> String {
        let pairs = (0..<max(left.count, right.count)).map { index in
            left.dropFirst(index).first == right.dropFirst(index).first ? "  " : "^^"
        }
        return pairs.joined(separator: " ")
    }
}

/// Eight of each side and their text fill 80 columns, with the offset and the line between them.
private let rowBytes = 8

/// Digits with spaces between them, two spaces, and the bytes as text.
private let sideWidth = 3 * rowBytes - 1 + 2 + rowBytes

/// Enough to see what the bytes before are.
private let rowsBefore = 2

/// Enough to see whether a byte was changed or one is missing. More is noise: after a first difference in encrypted bytes
/// all the rest differs.
private let rowsBehind = 5

extension Array {
    /// The elements of a range, as far as they are there.
    fileprivate func slice(_ range: Range<Int>) -> ArraySlice<Element> {
        self[range.clamped(to: 0..<count)]
    }
}

extension String {
    /// Without spaces at its end.
    fileprivate var trimmed: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }

    /// With spaces behind it up to a width in characters.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
