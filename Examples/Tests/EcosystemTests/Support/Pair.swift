import NIOCore
import NIOPosix
import NIOSSL
import SluiceNIO
import Testing

/// Serves all of these tests.
let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

/// A client and a server on sockets of this machine, by different libraries.
struct Pair: Sendable {
    let client: End
    let server: End

    static func connected(
        _ pairing: Pairing,
        _ settings: Settings,
        isHalfClosureAllowed: Bool = false
    ) async throws -> Pair {
        let serverHandler = try settings.serverHandlers(pairing.server)
        return try await connected(pairing, settings, isHalfClosureAllowed: isHalfClosureAllowed, by: serverHandler)
    }

    /// With a server that was made before, so that there can be more connections to it.
    static func connected(
        _ pairing: Pairing,
        _ settings: Settings,
        isHalfClosureAllowed: Bool = false,
        by serverHandler: @escaping @Sendable () throws -> any ChannelHandler & RemovableChannelHandler
    ) async throws -> Pair {
        let accepted = group.next().makePromise(of: End.self)
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.allowRemoteHalfClosure, value: isHalfClosureAllowed)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    accepted.succeed(try End(serverHandler(), on: channel))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(listener.localAddress)
        let client = try await ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: isHalfClosureAllowed)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try End(settings.clientHandler(pairing.client), on: channel)
                }
            }
        let server = try await accepted.futureResult.get()
        try await listener.close()
        return Pair(client: client, server: server)
    }

    /// Both ends' handshakes have completed.
    func establish() async throws {
        try await client.wait(until: \.isEstablished)
        try await server.wait(until: \.isEstablished)
    }

    /// Closes what is still open.
    func finish() async {
        for end in [client, server] { try? await end.channel.close() }
    }
}

extension Journal {
    /// Whether the handshake has completed.
    var isEstablished: Bool { entries.contains { if case .handshake = $0 { true } else { false } } }
}

/// A channel with TLS and a journal behind it, to be used from outside of its event loop.
struct End: Sendable {
    let channel: any Channel
    private let journal: NIOLoopBound<Journal>
    private let handler: NIOLoopBound<any ChannelHandler & RemovableChannelHandler>

    init(_ handler: any ChannelHandler & RemovableChannelHandler, on channel: any Channel) throws {
        let journal = Journal()
        try channel.pipeline.syncOperations.addHandlers([handler, journal])
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

    /// Goes back to plaintext, and waits until the peer does.
    func stopTLS() async throws {
        try await channel.eventLoop.flatSubmit {
            let promise = channel.eventLoop.makePromise(of: Void.self)
            switch handler.value {
            case let handler as TLSHandler: handler.stopTLS(promise: promise)
            case let handler as NIOSSLHandler: handler.stopTLS(promise: promise)
            default: promise.fail(ChannelError.operationUnsupported)
            }
            return promise.futureResult
        }.get()
    }

    /// Takes TLS off without a word to the peer.
    func dropTLS() async throws {
        try await channel.eventLoop.submit {
            channel.pipeline.syncOperations.removeHandler(handler.value)
        }.flatMap(\.self).get()
    }
}
