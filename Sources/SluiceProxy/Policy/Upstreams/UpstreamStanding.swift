/// How a server of a pool is doing.
public struct UpstreamStanding: Hashable, Sendable {
    /// Whether it gets connections.
    public enum Condition: Hashable, Sendable {
        /// It does.
        case up

        /// Only if no other can have them, until then; after that one at a time, on trial, until one succeeds.
        case ejected(until: Duration)

        /// It doesn't: checks call it down.
        case down
    }

    /// Whether it gets connections.
    public let condition: Condition

    /// Connections to it, those being made among them.
    public let connections: Int

    /// Its share beside the others.
    public let weight: Int
}
