internal import NIOCore
internal import SluiceProxy

/// Tells a connection what its channel on one side does.
final class SideHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let side: ProxySide
    private var connection: ProxyConnection?

    init(_ connection: ProxyConnection, _ side: ProxySide) {
        self.connection = connection
        self.side = side
    }

    /// Tells nothing any more.
    func detach() { connection = nil }

    func channelActive(context: ChannelHandlerContext) {
        if side == .client { connection?.begin() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection?.channelDidRead(unwrapInboundIn(data), on: side)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection?.channelDidFinishReading(on: side)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        connection?.pump()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent { connection?.channelDidEnd(on: side) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection?.channelDidFail(error, on: side)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection?.channelDidClose(on: side)
        // They refer to each other.
        connection = nil
    }
}

@available(*, unavailable)
extension SideHandler: Sendable {}
