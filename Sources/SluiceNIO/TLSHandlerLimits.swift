public import NIOCore

/// The bounds of a handler, each with its reason. Those of the engine are `TLSLimits`.
public enum TLSHandlerLimits {
    /// How long a handshake may take unless told otherwise: enough for a slow link and a slow decision, too short to
    /// collect silent connections.
    public static let handshakeTimeoutDefault = TimeAmount.seconds(30)

    /// How long the peer may take to answer close_notify unless told otherwise. swift-nio-ssl gives it as long.
    public static let shutdownTimeoutDefault = TimeAmount.seconds(5)

    /// Ciphertext that goes to the channel in one buffer, with up to a ring more: the mark at which a channel stops being
    /// writable, in NIO's defaults.
    static let outboundChunkBytes = 64 * 1024

    /// Turns before the event loop's other work is done: about a MiB for a peer that takes it all at once.
    static let turnsMax = 16
}
