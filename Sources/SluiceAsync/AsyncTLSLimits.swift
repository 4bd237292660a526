/// The bounds of a stream beyond those of its engine, each with its reason.
public enum AsyncTLSLimits {
    /// The most bytes in one call of ``AsyncByteTransport/send(_:)``: what a full ring and a bit more holds. Beyond that
    /// a copy gains nothing.
    public static let sendBytesMax = 64 * 1024

    /// The largest chunk that ``AsyncByteTransport/receive(atMost:)`` may give unasked. The largest ring's capacity, which
    /// is enough for a whole WebSocket message; more is a transport out of control.
    public static let chunkBytesMax = 16 * 1024 * 1024

    /// The time for a handshake unless another is given. OpenSSH's and nginx's are 120 and 60 seconds; a peer that is
    /// there takes less than one.
    public static let handshakeDuration = Duration.seconds(30)

    /// The time for the last bytes of a scope unless another is given.
    public static let closeDuration = Duration.seconds(5)
}
