import Fixtures
import NIOCore
import NIOPosix
import NIOTLS
import Sluice
import SluiceAsync
import SluiceNIO
import Testing

/// What the articles show.
@Suite(.timeLimit(.minutes(10)))
struct BootstrapExamples {
    private let fixture = Fixtures.serverECDSA

    @Test func `a server echoes to a client`() async throws {
        let identity = try TLSIdentity(pemChain: fixture.chain, pemKey: fixture.key)
        let roots = try TrustRoots.pem(Fixtures.root)

        let serverContext = try TLSContext(.server(identity))
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSServerHandler(context: serverContext))
                    try channel.pipeline.syncOperations.addHandler(EchoHandler())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()

        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(roots)
        let clientContext = try TLSContext(configuration)
        let address = try #require(server.localAddress)

        let client = try await ClientBootstrap(group: group)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSClientHandler(context: clientContext))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let echo = try await client.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "hello"))
            for try await bytes in inbound { return String(buffer: bytes) }
            return ""
        }

        #expect(echo == "hello")
        try await server.close()
    }

    @Test func `a scope speaks TLS over a channel`() async throws {
        let context = try serverContext()
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([TLSServerHandler(context: context), EchoHandler()])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let clientContext = try self.clientContext(protocols: [])
        let address = try #require(server.localAddress)

        let channel = try await ClientBootstrap(group: group)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let answer = try await withNIOTransport(over: channel) { transport in
            try await withTLS(TLSEngine(clientContext), over: transport) { stream in
                try await stream.write(Array("hello".utf8))
                return try await String(decoding: stream.read(), as: UTF8.self)
            }
        }

        #expect(answer == "hello")
        try await server.close()
    }

    @Test func `a universal bootstrap takes a provider`() async throws {
        let pair = try await listen(protocols: [])
        let clientContext = try self.clientContext(protocols: [])

        let provider = try SluiceClientTLSProvider<ClientBootstrap>(context: clientContext)
        let bootstrap = NIOClientTCPBootstrap(ClientBootstrap(group: group), tls: provider).enableTLS()

        let channel = try await bootstrap.connect(to: try #require(pair.localAddress)).get()
        let state = try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: TLSClientHandler.self).state
        }.get()
        #expect(state == .handshaking || state == .open)
        try await channel.close()
        try await pair.close()
    }

    @Test func `the protocol that was agreed on decides the pipeline`() async throws {
        let server = try await listen(protocols: ["h2", "http/1.1"])
        let clientContext = try self.clientContext(protocols: ["h2", "http/1.1"])
        let address = try #require(server.localAddress)

        let negotiated = try await ClientBootstrap(group: group)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSClientHandler(context: clientContext))
                    let negotiation = NIOTypedApplicationProtocolNegotiationHandler<String> { result in
                        // Here the handlers of the protocol are added.
                        let name = if case .negotiated(let name) = result { name } else { "none" }
                        return channel.eventLoop.makeSucceededFuture(name)
                    }
                    try channel.pipeline.syncOperations.addHandler(negotiation)
                    return negotiation.protocolNegotiationResult
                }
            }
        let name = try await negotiated.get()

        #expect(name == "h2")
        try await server.close()
    }

    @Test func `a ClientHello is decided on later`() async throws {
        let identity = try TLSIdentity(pemChain: fixture.chain, pemKey: fixture.key)
        let identities = IdentityStore(identity)

        var server = TLSServerConfiguration(identities: [identity])
        server.parameters.decisions = .clientHello
        let serverContext = try TLSContext(server)

        var configuration = TLSHandlerConfiguration()
        configuration.decisions.clientHello = { hello, eventLoop in
            eventLoop.makeFutureWithTask {
                guard let name = hello.serverName, let identity = await identities.identity(for: name) else {
                    return .refuse(.unrecognizedName)
                }
                return .useIdentity(identity)
            }
        }

        let listener = try await ServerBootstrap(group: group)
            .childChannelInitializer { [configuration] channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try TLSServerHandler(context: serverContext, configuration: configuration)
                    try channel.pipeline.syncOperations.addHandlers([handler, EchoHandler()])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let clientContext = try self.clientContext(protocols: [])
        let address = try #require(listener.localAddress)
        let client = try await ClientBootstrap(group: group)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try SocketEnd(TLSClientHandler(context: clientContext), on: channel, .init())
                }
            }
        try await client.send([1, 2, 3])
        try await client.wait { $0.plaintext == [1, 2, 3] }
        try await client.channel.close()
        try await listener.close()
    }

    private func clientContext(protocols: [ApplicationProtocol]) throws -> TLSContext {
        try SluiceNIOTests.clientContext { $0.parameters.applicationProtocols = protocols }
    }

    private func listen(protocols: [ApplicationProtocol]) async throws -> any Channel {
        let context = try serverContext { $0.parameters.applicationProtocols = protocols }
        return try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(TLSServerHandler(context: context))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }
}

/// Sends back what it reads.
private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(data, promise: nil)
    }
}

/// Identities by name, as a database may hold them.
private actor IdentityStore {
    private let identity: TLSIdentity

    init(_ identity: TLSIdentity) { self.identity = identity }

    func identity(for name: String) -> TLSIdentity? {
        identity.leaf.dnsNames.contains(name) ? identity : nil
    }
}
