/// A server of a pool.
public struct UpstreamServer<ID: Hashable & Sendable>: Hashable, Sendable {
    /// What it is known by, here and after a reload: its address, say.
    public let id: ID

    /// Its share beside the others, 1...``UpstreamLimits/weightMax``.
    public let weight: Int

    /// A server with this share; one out of bounds is brought within.
    public init(_ id: ID, weight: Int = 1) {
        self.id = id
        self.weight = min(max(1, weight), UpstreamLimits.weightMax)
    }
}

/// Bounds of pools.
public enum UpstreamLimits {
    /// The greatest share of a server, as in HAProxy. It keeps the arithmetic of turns small.
    public static let weightMax = 256
}
