public import NIOCore
public import SluiceAsync

/// What carries the bytes of `withTLS` over a channel of NIO.
///
/// Make one inside the channel's own scope, and don't write to the channel besides it:
///
/// ```
/// channel.executeThenClose { inbound, _ in
///     withTLS(engine, over: NIOAsyncTransport(channel, inbound: inbound)) { stream in … }
/// }
/// ```
///
/// Nothing of NIO's is undone: what nobody receives waits in the channel's own buffers, at whose high-water mark the
/// channel ceases to read, and ``send(_:)`` returns when the socket took the bytes.
public final class NIOAsyncTransport: AsyncByteTransport {
    private let channel: any Channel
    private let chunks = Monitor(InboundChunks())

    /// Takes what NIO reads. A task of its own, since NIO ends its sequence for whoever waits for it and is cancelled.
    private let pump: Task<Void, Never>

    /// A transport over a channel.
    ///
    /// - Parameters:
    ///   - channel: What is written to.
    ///   - inbound: What the channel reads: its own, from `executeThenClose`. Nothing else may iterate over it.
    public init(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    ) {
        self.channel = channel.channel
        pump = Task { [chunks] in await Self.pump(inbound, into: chunks) }
    }

    deinit {
        pump.cancel()
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
            await pump.value
            timer.cancel()
            try? await channel.close()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private static func pump(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        into chunks: Monitor<InboundChunks>
    ) async {
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
