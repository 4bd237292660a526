import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOTLS
import Sluice
import SluiceNIO
import Testing

/// Runs a server that sends back the body of each request, by HTTP/1.1 or HTTP/2 as the client chooses, while `body` does.
func withHTTPEchoServer<Value: Sendable>(
    _ version: TLSVersion,
    _ body: (_ address: String) async throws -> Value
) async throws -> Value {
    let handler = try Settings(version: version, serverProtocols: ["h2", "http/1.1"]).serverHandlers(.sluice)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Void> { choice in
                    if case .negotiated("h2") = choice { speakHTTP2(on: channel) } else { speakHTTP1(on: channel) }
                }
                try channel.pipeline.syncOperations.addHandlers([handler(), negotiation])
            }
        }
        .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(listener.localAddress?.port)
    do {
        let value = try await body("127.0.0.1:\(port)")
        try await listener.close()
        return value
    } catch {
        try await listener.close()
        throw error
    }
}

private func speakHTTP1(on channel: any Channel) -> EventLoopFuture<Void> {
    channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
        try channel.pipeline.syncOperations.addHandler(HTTPEchoHandler())
    }
}

private func speakHTTP2(on channel: any Channel) -> EventLoopFuture<Void> {
    channel.configureHTTP2Pipeline(mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()) {
        stream in
        stream.eventLoop.makeCompletedFuture {
            let handlers: [any ChannelHandler] = [HTTP2FramePayloadToHTTP1ServerCodec(), HTTPEchoHandler()]
            try stream.pipeline.syncOperations.addHandlers(handlers)
        }
    }.map { _ in }
}

/// Answers each request with its own body, as it comes.
private final class HTTPEchoHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            var headers = HTTPHeaders()
            if let length = head.headers.first(name: "content-length") {
                headers.add(name: "content-length", value: length)
            }
            let answer = HTTPResponseHead(version: head.version, status: .ok, headers: headers)
            context.write(wrapOutboundOut(.head(answer)), promise: nil)
        case .body(let bytes): context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
        case .end: context.write(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }
}
