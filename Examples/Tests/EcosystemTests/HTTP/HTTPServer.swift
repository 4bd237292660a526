import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOTLS
import Sluice
import SluiceNIO

/// A server of NIOHTTP1 and NIOHTTP2 behind Sluice's handler: the protocol that ALPN agrees on decides.
struct HTTPServer {
    let channel: any Channel

    /// Listens on a port that the system chooses.
    static func listening() async throws -> HTTPServer {
        var configuration = TLSServerConfiguration.server(
            try TLSIdentity(pemChain: bytes("server-ecdsa.pem"), pemKey: bytes("server-ecdsa.key.pem"))
        )
        configuration.parameters.applicationProtocols = ["h2", "http/1.1"]
        let context = try TLSContext(configuration)
        let channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let negotiation = ApplicationProtocolNegotiationHandler { result, channel in
                        channel.eventLoop.makeCompletedFuture { try Self.serve(result, on: channel) }
                    }
                    try channel.pipeline.syncOperations.addHandlers([TLSServerHandler(context: context), negotiation])
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return HTTPServer(channel: channel)
    }

    /// The port that it listens on.
    var port: Int { channel.localAddress?.port ?? 0 }

    private static func serve(_ result: ALPNResult, on channel: any Channel) throws {
        if case .negotiated("h2") = result {
            _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
                mode: .server,
                connectionConfiguration: .init(),
                streamConfiguration: .init()
            ) { stream in
                stream.eventLoop.makeCompletedFuture {
                    try stream.pipeline.syncOperations.addHandlers([HTTP2FramePayloadToHTTP1ServerCodec(), Page()])
                }
            }
        } else {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(Page())
        }
    }
}

/// Answers `/N` with N bytes, and a POST with as many bytes as it had.
private final class Page: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var head: HTTPRequestHead?
    private var byteCount = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, byteCount) = (head, 0)
        case .body(let part): byteCount += part.readableBytes
        case .end:
            guard let head else { return }
            answer(head, context)
        }
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let count = request.method == .POST ? byteCount : Int(request.uri.dropFirst()) ?? 0
        let headers: HTTPHeaders = ["content-length": "\(count)"]
        let head = HTTPResponseHead(version: request.version, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(repeating: 0x61, count: count)))), promise: nil)
        let isKept = request.isKeepAlive || request.version.major == 2
        let sent = context.eventLoop.makePromise(of: Void.self)
        if !isKept { sent.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: sent)
    }
}
