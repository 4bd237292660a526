/// One end of a pipe in memory that carries bytes both ways: for tests, and for TLS between two tasks.
///
/// Each way holds as many bytes as its capacity and no more: whoever sends waits for whoever receives. Of chunks
/// nothing is left, ``receive(atMost:)`` gives what is there.
public final class InMemoryTransport: AsyncByteTransport {
    private let inbound: Monitor<ByteQueue>
    private let outbound: Monitor<ByteQueue>

    /// The capacity of each way unless another is given: that of a pipe on Linux.
    public static let capacityDefault = 64 * 1024

    /// Two ends that are connected.
    ///
    /// - Parameter capacity: Bytes that each way holds, at least 1.
    /// - Returns: The ends. They are alike.
    public static func pair(capacity: Int = capacityDefault) -> (InMemoryTransport, InMemoryTransport) {
        precondition(capacity > 0, "a pipe needs room for a byte")
        let (there, back) = (Monitor(ByteQueue(capacity: capacity)), Monitor(ByteQueue(capacity: capacity)))
        return (InMemoryTransport(back, there), InMemoryTransport(there, back))
    }

    private init(_ inbound: Monitor<ByteQueue>, _ outbound: Monitor<ByteQueue>) {
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Waits for bytes: those that are there, and no more than `countMax`.
    ///
    /// - Returns: None once the other end is closed and everything was received.
    /// - Throws: ``AsyncTLSError/Code/transportClosed`` if this end is closed.
    public func receive(atMost countMax: Int) async throws -> [UInt8] {
        precondition(countMax > 0, "receive at least a byte")
        return try await inbound.attempt { queue in try queue.take(atMost: countMax) }
    }

    /// Sends bytes, and waits until there was room for all of them.
    ///
    /// - Throws: ``AsyncTLSError/Code/transportClosed`` if either end is closed.
    public func send(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        try await outbound.attempt { queue in try queue.put(&rest) }
    }

    /// Closes this end. The other one receives what was sent, then the end.
    public func close() async {
        outbound.update { $0.end = max($0.end, .ofWriter) }
        inbound.update { $0.end = .ofReader }
    }
}
