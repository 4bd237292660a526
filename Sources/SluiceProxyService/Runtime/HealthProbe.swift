internal import NIOCore
internal import NIOPosix
internal import Sluice
internal import SluicePOSIX
internal import SluicePreamble

/// One probe of a server: connects, and where that is wanted says what comes before TLS and shakes hands.
final class HealthProbe: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let done: EventLoopPromise<Void>
    private var engine: TLSEngine?
    private var dialogue: StartTLS?
    private let opening: [UInt8]
    private var isOver = false

    private init(
        _ engine: consuming TLSEngine?,
        _ dialogue: StartTLS?,
        opening: [UInt8],
        _ done: EventLoopPromise<Void>
    ) {
        self.engine = engine
        self.dialogue = dialogue
        self.opening = opening
        self.done = done
    }

    /// Probes a server once.
    ///
    /// - Throws: Why it isn't healthy.
    static func run(
        _ server: UpstreamAddress,
        of route: RouteState,
        _ check: ProxyConfiguration.HealthCheck,
        on loop: any EventLoop
    ) async throws {
        let done = loop.makePromise(of: Void.self)
        let timer = loop.scheduleTask(in: TimeAmount(check.timeout)) {
            done.fail(ChannelError.connectTimeout(TimeAmount(check.timeout)))
        }
        let bootstrap = ClientBootstrap(group: loop).connectTimeout(TimeAmount(check.timeout)).channelInitializer {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(try HealthProbe(server, route, check, done))
            }
        }
        let channel: EventLoopFuture<any Channel> =
            switch server {
            case .tcp(let host, let port): bootstrap.connect(host: host, port: Int(port))
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        channel.whenFailure { done.fail($0) }
        channel.whenSuccess { channel in
            done.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        defer { timer.cancel() }
        try await done.futureResult.get()
    }

    private convenience init(
        _ server: UpstreamAddress,
        _ route: RouteState,
        _ check: ProxyConfiguration.HealthCheck,
        _ done: EventLoopPromise<Void>
    ) throws {
        let upstream = route.configuration.upstream
        let opening = try upstream.proxyProtocol.map { try ProxyHeader($0 == .v2 ? .local : .unknown).encoded(as: $0) }
        guard check.kind == .tls, let upstreamTLS = route.upstreamTLS else {
            self.init(nil, nil, opening: opening ?? [], done)
            return
        }
        let engine = try TLSEngine(probing: server, upstreamTLS)
        let dialogue = upstream.startTLS.map { StartTLS($0, to: server.preambleHost) }
        self.init(engine, dialogue, opening: opening ?? [], done)
    }

    func channelActive(context: ChannelHandlerContext) {
        if !opening.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: opening)), promise: nil) }
        advance(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        do {
            if let count = try dialogue?.feed(Array(buffer.readableBytesView)[...]) {
                buffer.moveReaderIndex(forwardBy: count)
            }
            if dialogue?.isFinished ?? true { _ = try engine?.feed(buffer.readableBytesSpan) }
        } catch {
            done.fail(error)
        }
        advance(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        done.fail(ChannelError.eof)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
    }

    /// Says what is to be said next, and ends where nothing is.
    private func advance(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        var bytes = dialogue?.drain() ?? []
        if dialogue?.isFinished ?? true {
            let isEstablished = engine?.isEstablished ?? true
            if isEstablished {
                try? engine?.close()
                isOver = true
            }
            bytes += engine?.drain() ?? []
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: sent)
        if isOver { sent.futureResult.whenComplete { [done] _ in done.succeed() } }
    }
}

@available(*, unavailable)
extension HealthProbe: Sendable {}

extension TLSEngine {
    /// An engine that shakes hands with a server for no client.
    fileprivate init(probing server: UpstreamAddress, _ contexts: UpstreamContexts) throws(TLSError) {
        let name = contexts.probedName(of: server)
        if contexts.base.seed == nil {
            try self.init(contexts.base, to: name)
        } else {
            try self.init(contexts.base, to: name, seed: .random(), time: .now)
        }
    }
}

extension UpstreamContexts {
    /// Whom a probe asks for: no client has asked for anybody.
    fileprivate func probedName(of server: UpstreamAddress) -> ServerName? {
        if let name = try? serverName(for: nil) { return name }
        if case .tcp(let host, _) = server { return ServerName(host) }
        return nil
    }
}
