public import NIOCore
public import SluiceAsync

/// Gives a channel of NIO to `withTLS`, for as long as a scope lasts: what the channel reads and writes is ciphertext.
///
/// ```
/// withNIOTransport(over: channel) { transport in
///     withTLS(engine, over: transport) { stream in … }
/// }
/// ```
///
/// A task of the scope takes what the channel reads, one chunk at a time. The channel is closed in the end.
///
/// - Parameters:
///   - channel: The channel. Nothing else may read from it or write to it.
///   - body: Uses the transport: once, or again where TLS has left it.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; why the channel could not be closed.
public func withNIOTransport<Value: Sendable>(
    over channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
    _ body: (NIOAsyncTransport) async throws -> Value
) async throws -> Value {
    try await channel.executeThenClose { inbound, _ in
        let transport = NIOAsyncTransport(channel.channel)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await transport.pump(inbound) }
            defer { group.cancelAll() }
            return try await body(transport)
        }
    }
}

/// What carries the bytes of `withTLS` over a channel of NIO, inside the scope of ``withNIOTransport(over:_:)``.
///
/// Nothing of NIO's is undone: what nobody receives waits in the channel's own buffers, at whose high-water mark the
/// channel ceases to read, and ``send(_:)`` returns when the socket took the bytes.
public final class NIOAsyncTransport: AsyncByteTransport {
    private let channel: any Channel
    private let chunks = Monitor(InboundChunks())

    fileprivate init(_ channel: any Channel) {
        self.channel = channel
    }

    /// Waits for bytes: those that are there, and no more than `countMax`. The rest is kept.
    ///
    /// - Returns: None once the peer's bytes have ended and everything was received.
    /// - Throws: The channel's own error, an `IOError` for one; `ChannelError.ioOnClosedChannel` after ``close()``.
    public func receive(atMost countMax: Int) async throws -> [UInt8] {
        precondition(countMax > 0, "receive at least a byte")
        return try await chunks.attempt { chunks in try chunks.take(atMost: countMax) }
    }

    /// Sends bytes, and waits until the channel has passed them on to the socket.
    ///
    /// If the task is cancelled, the channel is closed: nobody can say how much of the bytes is out.
    ///
    /// - Throws: The channel's own error.
    public func send(_ bytes: [UInt8]) async throws {
        try await withTaskCancellationHandler {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Ends sending, reads until the peer's end and throws that away, then closes the channel.
    ///
    /// A socket that is closed with unread bytes resets the connection, and the peer might never see the last alert. It
    /// has ``TLSHandlerLimits/shutdownTimeoutDefault`` for its end; in a task that is cancelled, it has no time.
    public func close() async {
        chunks.update { $0.isClosed = true }
        await withTaskCancellationHandler {
            let timer = channel.eventLoop.scheduleTask(in: TLSHandlerLimits.shutdownTimeoutDefault) { [channel] in
                channel.close(promise: nil)
            }
            try? await channel.close(mode: .output)
            try? await chunks.wait(until: .ended)
            timer.cancel()
            try? await channel.close()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// Takes what NIO reads until its end, apart from whoever receives: NIO ends its sequence for a task that waits for it
    /// and is cancelled.
    fileprivate func pump(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async {
        do {
            for try await chunk in inbound {
                try await chunks.attempt { chunks in chunks.put(chunk) }
            }
            chunks.update { $0.end = .success(()) }
        } catch {
            chunks.update { $0.end = .failure(error) }
        }
    }
}
