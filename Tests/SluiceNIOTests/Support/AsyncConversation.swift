import NIOCore
import NIOPosix
import Sluice
import SluiceAsync
import SluiceNIO
import Testing

/// What one end does with its channel.
typealias ChannelBody<Value> = @Sendable (NIOAsyncTransport, any Channel) async throws -> Value

/// What one end does inside its TLS.
typealias StreamBody<Value> = @Sendable (AsyncTLSStream) async throws -> Value

/// Connects two sockets of this machine, and runs a client and a server over them until both are through.
func connect<Asked: Sendable, Served: Sendable>(
    client: @escaping ChannelBody<Asked>,
    server: @escaping ChannelBody<Served>
) async throws -> (client: Asked, server: Served) {
    let listener = try await ServerBootstrap(group: group)
        .childChannelOption(.allowRemoteHalfClosure, value: true)
        .bind(host: "127.0.0.1", port: 0) { channel in wrap(channel) }
    let address = try #require(listener.channel.localAddress)
    async let served: Served = listener.executeThenClose { accepted in
        var iterator = accepted.makeAsyncIterator()
        return try await run(#require(await iterator.next()), server)
    }
    let near = try await ClientBootstrap(group: group)
        .channelOption(.allowRemoteHalfClosure, value: true)
        .connect(to: address) { channel in wrap(channel) }
    async let asked = run(near, client)
    return try await (asked, served)
}

/// The same, where both ends speak TLS.
func converse<Asked: Sendable, Served: Sendable>(
    _ version: TLSVersion,
    client: @escaping StreamBody<Asked>,
    server: @escaping StreamBody<Served>
) async throws -> (client: Asked, server: Served) {
    let (asker, servant) = (try clientContext(version), try serverContext())
    return try await connect(
        client: { transport, _ in try await withPatientTLS(TLSEngine(asker), over: transport, client) },
        server: { transport, _ in try await withPatientTLS(TLSEngine(servant), over: transport, server) }
    )
}

/// A scope whose times a slow machine keeps, too.
func withPatientTLS<Value: Sendable>(
    _ engine: consuming TLSEngine,
    over transport: NIOAsyncTransport,
    _ body: StreamBody<Value>
) async throws -> Value {
    try await withTLS(
        engine,
        over: transport,
        handshakeWithin: .seconds(60),
        closeWithin: .seconds(60),
        body
    )
}

extension AsyncTLSStream {
    /// All plaintext until the peer closes.
    func readAll() async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await bytes in plaintext { all += bytes }
        return all
    }
}

private func wrap(_ channel: any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
    channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
}

private func run<Value: Sendable>(
    _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
    _ body: @escaping ChannelBody<Value>
) async throws -> Value {
    try await withNIOTransport(over: channel) { transport in try await body(transport, channel.channel) }
}
