/// Anything that carries bytes both ways and is waited for: a socket of some framework, a channel of SSH, a pipe.
///
/// ``withTLS(_:over:alreadyReceived:handshakeWithin:closeWithin:clock:appetite:deciding:_:)`` calls it from two tasks of its own: at most
/// one ``receive(atMost:)`` and one ``send(_:)`` are under way, at the same time as each other, and nothing overlaps
/// ``close()`` but the calls that it ends.
///
/// A task is only cancelled when its scope ends. Then `receive` and `send` end soon, by throwing. A `receive` that is
/// cancelled loses no byte; a `send` may have sent a part, after which only `close` makes sense.
public protocol AsyncByteTransport: Sendable {
    /// Waits for bytes of the peer.
    ///
    /// - Parameter countMax: How many are wanted, at least 1. A transport that can stop there does; one whose bytes come in
    ///   chunks may give its whole chunk, up to ``AsyncTLSLimits/chunkBytesMax``: the rest is kept until it is wanted.
    /// - Returns: At least one byte; none at the end of the peer's bytes, after which it isn't called again.
    /// - Throws: Why the peer's bytes can't be had. It reaches whoever reads, as it is.
    func receive(atMost countMax: Int) async throws -> [UInt8]

    /// Sends bytes to the peer, all of them, and returns when they were taken.
    ///
    /// To wait until the peer, or what stands between, has room is how back-pressure reaches the writer.
    ///
    /// - Parameter bytes: At least one, at most ``AsyncTLSLimits/sendBytesMax``.
    /// - Throws: Why nothing can be sent any more. It reaches whoever writes, as it is.
    func send(_ bytes: [UInt8]) async throws

    /// Ends both directions; a `receive` or `send` under way throws. May be called again, and in a cancelled task.
    ///
    /// What `send` took should still reach the peer, as the last of it may be the alert that says why. (A socket that is
    /// closed with unread bytes may reset instead: end its sending, and read to the end, before it is closed.)
    func close() async
}
