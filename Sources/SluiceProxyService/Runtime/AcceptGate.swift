internal import Logging
internal import NIOCore

/// Has a listening socket accept nobody while there are no descriptors for a connection. Who comes then waits in the
/// backlog.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    private let budget: DescriptorBudget
    private let logger: Logger

    /// Whether the system has no descriptors although there should be some.
    private var isPaused = false

    init(_ budget: DescriptorBudget, _ logger: Logger) {
        self.budget = budget
        self.logger = logger
    }

    func read(context: ChannelHandlerContext) {
        // What goes on comes back here, and sees whether it may.
        let channel = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        guard !isPaused else { return }
        guard budget.hasRoom(orElse: { loop.execute { channel.value.read() } }) else {
            return tell("no descriptors for more connections: clients wait", ["most": "\(budget.connectionsMax)"])
        }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        budget.opened()
        unwrapInboundIn(data).closeFuture.whenComplete { [budget] _ in budget.closed() }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error.isShortage else {
            return context.fireErrorCaught(error)
        }
        guard !isPaused else { return }
        // The system says so again at once if asked again.
        isPaused = true
        tell("clients can't be accepted: they wait", ["error": "\(error)"])
        let channel = context.channel
        context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(RuntimeLimits.acceptPause)) {
            self.isPaused = false
            channel.read()
        }
    }

    private func tell(_ words: String, _ facts: Logger.Metadata) {
        guard budget.isWorthTelling(at: ServiceClock.now) else { return }
        logger.warning("\(words)", metadata: facts)
    }
}

@available(*, unavailable)
extension AcceptGate: Sendable {}
