// Text of protocols that are older than Unicode: bytes, of which only the letters of ASCII have two cases.

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercased) }

    /// Space or tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == 0x09 }

    var lowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 0x20 : self
    }
}

extension Collection<UInt8> {
    /// Whether these are the letters of `word`, of either case.
    func isWord(_ word: StaticString) -> Bool {
        map(\.lowercased) == word.description.utf8.map(\.lowercased)
    }

    /// The words between blanks.
    var words: [SubSequence] { split(whereSeparator: \.isBlank) }

    /// The number in plain decimal: digits only, no zeros in front, at most `max`.
    func decimal(max: Int) -> Int? {
        guard (1...9).contains(count), allSatisfy(\.isDigit), count == 1 || first != UInt8(ascii: "0") else {
            return nil
        }
        let number = reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return number <= max ? number : nil
    }
}
