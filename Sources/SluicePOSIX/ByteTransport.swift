/// Whatever carries bytes both ways and never waits: a ``Descriptor``, a ``DescriptorPair``, a ``TLSStream``.
///
/// A ``TLSStream`` can be put over it, and so TLS goes through TLS: `TLSStream<TLSStream<Descriptor>>` is a connection
/// through a proxy that is itself spoken to over TLS.
public protocol ByteTransport: ~Copyable, Sendable {
    /// Appends what has arrived, at most what fits.
    ///
    /// - Returns: `moved(0)` only if `output` is full.
    mutating func read(into output: inout OutputRawSpan) throws(TransportError) -> Transfer

    /// Takes as many of the bytes as there is room for now. A peer that is gone is an error, never SIGPIPE.
    mutating func write(_ bytes: RawSpan) throws(TransportError) -> Transfer

    /// Moves on what ``write(_:)`` took and is still here, as far as that goes without waiting.
    ///
    /// - Returns: Whether a byte moved.
    @discardableResult
    mutating func flush() throws(TransportError) -> Bool

    /// Whether nothing that ``write(_:)`` took is still here.
    var isFlushed: Bool { get }

    /// Says to the other end that no more bytes will come, where there is a way to say so. Reading goes on.
    mutating func finishSending()

    /// What is known of why its bytes have ended, in words for people, or nil: how a program exited.
    mutating func endWords() -> String?

    /// Adds to a poll what has to be waited for before reading, or writing and flushing, can get further.
    func addInterests(_ interests: Readiness, to poll: inout Poll)
}

extension ByteTransport where Self: ~Copyable {
    /// What has arrived, at most `countMax` bytes; none with `blocked` and `ended`.
    public mutating func read(atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        var result = Transfer.moved(0)
        let bytes = try SystemCalls.bytes(atMost: countMax) { output throws(TransportError) in
            result = try read(into: &output)
        }
        return (result, bytes)
    }

    /// Nothing is known.
    public mutating func endWords() -> String? { nil }

    /// Waits until reading, or writing and flushing, can get further, a signal comes, or the deadline has passed.
    public borrowing func wait(for interests: Readiness, by deadline: Deadline) throws(TransportError) {
        var poll = Poll()
        addInterests(interests, to: &poll)
        try poll.wait(until: deadline)
    }
}
