/// How a link cuts what it carries.
enum Cut: CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// As it was drained.
    case whole
    /// One byte at a time.
    case oneByte
    /// In pieces of 1...2000 bytes, by the seed.
    case random

    var description: String {
        switch self {
        case .whole: "whole"
        case .oneByte: "one byte"
        case .random: "random"
        }
    }

    /// The length of the next piece of `count` bytes.
    func pieceLength(of count: Int, using generator: inout SplitMix64) -> Int {
        switch self {
        case .whole: count
        case .oneByte: 1
        case .random: min(count, Int.random(in: 1...2000, using: &generator))
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a small generator whose numbers are the same everywhere for one seed.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// So many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
