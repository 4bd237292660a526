/// What the owner of one end does with its connection.
public struct EndPlan: Hashable, Sendable {
    /// Bytes that it writes.
    public var byteCount = 0

    /// The most bytes that it writes at once, 1 at least.
    public var writeBytesMax = 16 * 1024

    /// The most bytes that it reads at once, 1 at least.
    public var readBytesMax = 16 * 1024

    /// How long it rests between two turns of its own.
    public var pace = Duration.zero

    /// How often it changes its keys, spread evenly over its bytes. Of no effect in TLS 1.2.
    public var keyUpdateCount = 0

    /// Whether it tries to hibernate now and then.
    public var isHibernating = false

    /// How long it thinks about a decision.
    public var answerDelay = Duration.zero

    /// An owner that reads, and closes.
    public init() {}
}
