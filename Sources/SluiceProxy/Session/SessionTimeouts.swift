/// How long a session waits for what.
public struct SessionTimeouts: Hashable, Sendable {
    /// For a client's whole handshake, its ClientHello included; and for an upstream's, once it is connected.
    public var handshake = Duration.seconds(10)

    /// Without a byte either way, once both sides are joined. nil: for ever.
    public var idle: Duration? = .seconds(300)

    /// From the first moment to the last, whatever moves. nil: for ever.
    public var total: Duration?

    /// For what is left to be sent when the session is over, and for a peer to read a last alert: counted anew with each
    /// byte that moves, and for no longer altogether than `idle`.
    public var linger = Duration.seconds(2)

    /// Without a byte, until an idle session gives the rings of its engines back. They are made again with the next byte.
    public var hibernation = Duration.seconds(5)

    /// The defaults.
    public init() {}
}
