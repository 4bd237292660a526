package import NIOCore

/// Closes a connection whose request is too long or takes too long: the outermost handler, which sees bytes.
///
/// Time and bytes are counted anew from each answer, so a byte a second buys nothing.
package final class AdminRequestGuard: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let limits: AdminLimits
    private var byteCount = 0
    private var isOver = false
    private var timer: Scheduled<Void>?

    /// A guard of one connection.
    package init(_ limits: AdminLimits) {
        self.limits = limits
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { startTimer(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        startTimer(context)
        context.fireChannelActive()
    }

    package func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        byteCount += unwrapInboundIn(data).readableBytes
        guard byteCount > limits.requestBytesMax else { return context.fireChannelRead(data) }
        isOver = true
        let answer = "HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    package func flush(context: ChannelHandlerContext) {
        byteCount = 0
        startTimer(context)
        context.flush()
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.requestTime)) {
            context.close(promise: nil)
        }
    }
}
