internal import NIOCore
internal import NIOHTTP1

/// Answers the requests of one connection, one after another.
final class AdminResponder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let resources: AdminResources
    private var head: HTTPRequestHead?

    init(_ resources: AdminResources) {
        self.resources = resources
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            respond(to: head, context)
        }
    }

    private func respond(to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let resources = resources
        context.eventLoop.makeFutureWithTask {
            await resources.answer(head.method.rawValue, head.uri)
        }.assumeIsolated().whenSuccess { answer in
            self.write(answer, to: head, context)
        }
    }

    private func write(_ answer: AdminAnswer, to request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let status = HTTPResponseStatus(statusCode: answer.status)
        let head = HTTPResponseHead(version: request.version, status: status, headers: headers(of: answer, request))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        }
        let isLast = !request.isKeepAlive
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            if isLast { context.close(promise: nil) }
        }
    }

    private func headers(of answer: AdminAnswer, _ request: HTTPRequestHead) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "content-type": answer.contentType,
            "content-length": String(answer.body.count),
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "connection": request.isKeepAlive ? "keep-alive" : "close",
        ]
        if answer.status == 405 { headers.add(name: "allow", value: "GET, HEAD") }
        return headers
    }

    /// A connection that failed: its peer is gone, or it was closed in the meantime.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
