/// How a link cuts what it carries.
public enum Cut: String, CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// As it was drained.
    case whole
    /// One byte at a time.
    case oneByte = "one byte"
    /// In pieces of 1...2000 bytes, by the seed: from slivers to more than a packet.
    case random

    /// What it's called: `one byte`.
    public var description: String { rawValue }

    /// The length of the next piece of `count` bytes.
    package func pieceLength(of count: Int, using generator: inout SplitMix64) -> Int {
        switch self {
        case .whole: count
        case .oneByte: min(count, 1)
        case .random: min(count, generator.number(in: 1...2000))
        }
    }
}
