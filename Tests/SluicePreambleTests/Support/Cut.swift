/// How bytes arrive.
enum Cut: Hashable, Sendable, CustomStringConvertible {
    case whole, oneByte
    case random(seed: UInt64)

    static let all: [Cut] = [.whole, .oneByte] + (0..<8).map { .random(seed: $0) }

    var description: String {
        switch self {
        case .whole: "whole"
        case .oneByte: "one byte at a time"
        case .random(let seed): "cut by seed \(seed)"
        }
    }

    /// The bytes in pieces.
    func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        switch self {
        case .whole: return [bytes[...]]
        case .oneByte: return bytes.indices.map { bytes[$0...$0] }
        case .random(let seed):
            var random = SeededRandom(seed: seed)
            var pieces: [ArraySlice<UInt8>] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...40, using: &random)
                pieces.append(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            return pieces
        }
    }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
