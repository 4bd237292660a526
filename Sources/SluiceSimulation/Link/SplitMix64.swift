/// SplitMix64 (Steele, Lea, Flood 2014): a small generator whose numbers are the same everywhere for one seed.
///
/// Its ranges and chances are its own, as the standard library may change how it draws them. Nothing secret comes of it.
package struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    /// A generator that begins at this seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// A seed of its own for one purpose: the same path from the same seed gives the same one, another path another.
    package static func seed(_ seed: UInt64, path: UInt64...) -> UInt64 {
        path.reduce(seed) { seed, step in
            var generator = SplitMix64(seed: seed)
            var stepped = SplitMix64(seed: generator.next() ^ step)
            return stepped.next()
        }
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number of a range, each nearly as likely as the others (Lemire 2019, without the rejection).
    package mutating func number(in range: ClosedRange<Int>) -> Int {
        let (width, isAll) = UInt64(bitPattern: Int64(range.upperBound &- range.lowerBound)).addingReportingOverflow(1)
        let drawn = isAll ? next() : next().multipliedFullWidth(by: width).high
        return range.lowerBound &+ Int(truncatingIfNeeded: drawn)
    }

    /// Whether something happens that does so with this probability, `0...1`.
    package mutating func chance(_ probability: Double) -> Bool {
        Double(next() >> 11) * 0x1p-53 < probability
    }

    /// One of these.
    ///
    /// - Precondition: There is one.
    package mutating func element<Element>(of choices: [Element]) -> Element {
        choices[number(in: 0...(choices.count - 1))]
    }

    /// A moment in `.zero...end`, in whole microseconds; a year at most.
    package mutating func duration(upTo end: Duration) -> Duration {
        .microseconds(number(in: 0...Int(min(max(.zero, end), .seconds(365 * 86_400)) / .microseconds(1))))
    }

    /// So many bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
