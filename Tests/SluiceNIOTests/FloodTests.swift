import NIOCore
import NIOPosix
import Sluice
import SluiceNIO
import Testing

@Suite(.timeLimit(.minutes(10)))
struct FloodTests {
    @Test(arguments: [true, false])
    func `a flood while a decision is open isn't taken in`(isAutoRead: Bool) async throws {
        let question = Question<ClientHelloAnswer>()
        let context = try serverContext { $0.parameters.decisions = .clientHello }
        var configuration = TLSHandlerConfiguration.patient
        configuration.decisions.clientHello = { _, loop in question.ask(on: loop) }
        let accepted = group.next().makePromise(of: (SocketEnd, NIOLoopBound<Meter>).self)
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.autoRead, value: isAutoRead)
            .childChannelInitializer { [configuration] channel in
                channel.eventLoop.makeCompletedFuture {
                    let meter = Meter()
                    try channel.pipeline.syncOperations.addHandler(meter)
                    let handler = try TLSServerHandler(context: context, configuration: configuration)
                    let end = try SocketEnd(handler, on: channel, .init())
                    accepted.succeed((end, NIOLoopBound(meter, eventLoop: channel.eventLoop)))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let client = try await ClientBootstrap(group: group).connect(to: try #require(listener.localAddress)).get()
        var engine = try TLSEngine(clientContext())
        client.write(ByteBuffer(bytes: engine.drain()), promise: nil)
        client.writeAndFlush(ByteBuffer(repeating: 0x55, count: 16 << 20), promise: nil)
        let (server, meter) = try await accepted.futureResult.get()
        // Turns of the one event loop that both channels have; each would read what it may.
        for _ in 0..<300 { try await server.channel.eventLoop.submit {}.get() }
        let byteCount = try await server.channel.eventLoop.submit { meter.value.byteCount }.get()
        #expect(question.promise != nil && byteCount < 2 << 20)
        question.promise?.succeed(.proceed)
        try await server.channel.closeFuture.get()
        #expect(try await server.ask { $0.tlsErrors.map(\.code) } == [.protocolViolation])
        try? await client.close()
        try await listener.close()
    }
}

/// Counts what arrives.
private final class Meter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private(set) var byteCount = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        byteCount += unwrapInboundIn(data).readableBytes
        context.fireChannelRead(data)
    }
}
