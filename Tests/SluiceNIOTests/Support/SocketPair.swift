import NIOCore
import NIOPosix
import Sluice
import SluiceNIO
import Testing

/// A client and a server on sockets of this machine.
struct SocketPair: Sendable {
    let client: SocketEnd
    let server: SocketEnd

    /// How the channels are set.
    struct Options: Sendable {
        var isAutoRead = true
        var isHalfClosureAllowed = false
        /// Bytes in the kernel's buffers, small where a test wants to fill them.
        var socketBufferBytes: Int32?
    }

    static func connected(
        _ version: TLSVersion = .tls13,
        _ options: Options = Options(),
        react: @escaping @Sendable (ChannelHandlerContext, Journal.Entry) -> Void = { _, _ in }
    ) async throws -> SocketPair {
        let (clientContext, serverContext) = (try clientContext(version), try serverContext())
        let accepted = group.next().makePromise(of: SocketEnd.self)
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.autoRead, value: options.isAutoRead)
            .childChannelOption(.allowRemoteHalfClosure, value: options.isHalfClosureAllowed)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let end = try SocketEnd(
                        TLSServerHandler(context: serverContext, configuration: .patient),
                        on: channel,
                        options,
                        react
                    )
                    accepted.succeed(end)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(listener.localAddress)
        let client = try await ClientBootstrap(group: group)
            .channelOption(.autoRead, value: options.isAutoRead)
            .channelOption(.allowRemoteHalfClosure, value: options.isHalfClosureAllowed)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try SocketEnd(
                        TLSClientHandler(context: clientContext, configuration: .patient),
                        on: channel,
                        options
                    )
                }
            }
        let server = try await accepted.futureResult.get()
        try await listener.close()
        return SocketPair(client: client, server: server)
    }

    /// Closes what is still open, both at once: an end that doesn't read would keep the other waiting.
    func finish() async {
        async let clientEnd: Void? = try? client.channel.close()
        async let serverEnd: Void? = try? server.channel.close()
        _ = await (clientEnd, serverEnd)
    }
}

/// Serves all of these tests.
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

/// A channel with a handler and a journal behind it, to be used from outside of its event loop.
struct SocketEnd: Sendable {
    let channel: any Channel
    let journal: NIOLoopBound<Journal>
    let handler: NIOLoopBound<TLSHandler>

    init(
        _ handler: TLSHandler,
        on channel: any Channel,
        _ options: SocketPair.Options,
        _ react: @escaping (ChannelHandlerContext, Journal.Entry) -> Void = { _, _ in }
    ) throws {
        let journal = Journal()
        journal.reaction = react
        try channel.pipeline.syncOperations.addHandlers([handler, journal])
        if let bytes = options.socketBufferBytes {
            try channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: .init(bytes))
            try channel.syncOptions?.setOption(.socketOption(.so_rcvbuf), value: .init(bytes))
        }
        self.channel = channel
        self.journal = NIOLoopBound(journal, eventLoop: channel.eventLoop)
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    /// Waits until the journal is as it should be.
    func wait(until condition: @escaping @Sendable (Journal) -> Bool) async throws {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        channel.eventLoop.execute { journal.value.succeed(promise, when: condition) }
        try await promise.futureResult.get()
    }

    /// Asks the journal something.
    func ask<Value: Sendable>(_ question: @escaping @Sendable (Journal) -> Value) async throws -> Value {
        try await channel.eventLoop.submit { question(journal.value) }.get()
    }

    /// Writes and flushes, and waits for both.
    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }
}

extension TLSHandlerConfiguration {
    /// For a machine that is busy with other tests.
    static var patient: TLSHandlerConfiguration {
        var configuration = TLSHandlerConfiguration()
        configuration.handshakeTimeout = nil
        configuration.shutdownTimeout = .minutes(2)
        return configuration
    }
}
