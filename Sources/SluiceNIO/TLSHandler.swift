public import NIOCore
public import Sluice

/// TLS in a channel's pipeline: what ``TLSClientHandler`` and ``TLSServerHandler`` share.
///
/// Ciphertext passes on the side of the channel, plaintext on the side of the handlers after it. The engine within decides
/// all that TLS is about; the handler carries bytes, and turns what the engine says into what pipelines know.
///
/// It belongs to one channel, and every call of it comes from that channel's event loop.
public class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
    /// Ciphertext.
    public typealias InboundIn = ByteBuffer
    /// Plaintext.
    public typealias InboundOut = ByteBuffer
    /// Plaintext.
    public typealias OutboundIn = ByteBuffer
    /// Ciphertext.
    public typealias OutboundOut = ByteBuffer

    /// TLS itself.
    var engine: TLSEngine

    /// What the owner of the channel chose.
    let configuration: TLSHandlerConfiguration

    /// The handler's place in a pipeline, while it has one.
    var context: ChannelHandlerContext?

    /// How far the handler is.
    var stage = HandlerStage.idle

    /// What the connection is to come to.
    var goal = HandlerGoal.stayOpen

    /// What arrived, and what became of it.
    var inbound = InboundState()

    /// What is to be sent.
    var outbound = OutboundState()

    /// Who waits for an end.
    var promises = EndPromises()

    /// Ends a handshake that takes too long.
    var handshakeTimer: Scheduled<Void>?

    /// Ends a close, or a return to plaintext, that takes too long.
    var shutdownTimer: Scheduled<Void>?

    /// Ciphertext that had gone to the channel when that timer began, close_notify with it.
    var sentAtShutdownTimer: UInt64 = 0

    /// Whether the next handlers were told that the handshake has completed.
    var isHandshakeTold = false

    /// Whether a decision is with its maker.
    var isDeciding = false

    /// Whether the pump runs, further up in the stack perhaps: what a callback does then is done when it returns.
    private var isPumping = false

    /// Whether something was done in a callback that wants another turn.
    private var isPumpDue = false

    /// Whether the pump goes on once the event loop has done its other work.
    private var isPumpScheduled = false

    init(_ engine: consuming TLSEngine, _ configuration: TLSHandlerConfiguration) {
        self.engine = engine
        self.configuration = configuration
    }

    /// What the handshake came to, once it has completed.
    public var summary: HandshakeSummary? { engine.summary }

    /// Where the connection is in its life.
    public var state: TLSEngine.State { engine.state }

    // MARK: - The pipeline's calls

    /// Begins, if the channel is active already.
    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { start(context) }
    }

    /// Fails whatever still waits. The connection can't go on without its handler.
    public func handlerRemoved(context: ChannelHandlerContext) {
        let before = stage
        stage = .over
        self.context = nil
        cancelTimers()
        failWrites(TLSHandlerError(.removed))
        // A channel that is about to be closed is closed all the same.
        if before == .finishing { context.channel.close(promise: promises.takeClose()) }
        if before != .over { failEnds(TLSHandlerError(.removed)) }
    }

    /// Begins.
    public func channelActive(context: ChannelHandlerContext) {
        // First, because the handshake may fail at once and close the channel.
        context.fireChannelActive()
        start(context)
    }

    /// Takes ciphertext.
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard stage == .running || stage == .idle else { return }
        inbound.isInCycle = true
        inbound.append(unwrapInboundIn(data))
        if stage == .idle { start(context) } else { pump() }
    }

    /// Ends a turn of the channel's reading.
    public func channelReadComplete(context: ChannelHandlerContext) {
        guard stage == .running else {
            inbound.isInCycle = false
            context.fireChannelReadComplete()
            return
        }
        inbound.isInCycle = false
        inbound.isRequested = false
        pump()
    }

    /// Reads on: what is here already, or else what the channel gets next.
    public func read(context: ChannelHandlerContext) {
        guard stage == .running else { return context.read() }
        inbound.isWanted = true
        inbound.isRequested = false
        pump()
    }

    /// Keeps plaintext until the next flush.
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if let error = writeRefusal {
            promise?.fail(error)
        } else {
            outbound.append(unwrapOutboundIn(data), promise: promise)
        }
    }

    /// Sends what was written until now, as soon as the handshake has completed and the channel has room.
    public func flush(context: ChannelHandlerContext) {
        guard stage == .running || stage == .idle else { return context.flush() }
        // Whoever closes has flushed what is to go out before.
        if goal == .stayOpen { outbound.mark() }
        pump()
    }

    /// Goes on with what waited for room in the channel.
    public func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump()
        context.fireChannelWritabilityChanged()
    }

    /// Closes this end's sending (`output`), or both ends with the peer's answer (`all`).
    public func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        switch mode {
        case .output: closeOutput(context, promise)
        case .all: closeAll(context, promise)
        // TLS can't tell a peer to stop sending.
        case .input: promise?.fail(ChannelError.operationUnsupported)
        }
    }

    /// Ends what there is: cleanly if the peer said so before.
    public func channelInactive(context: ChannelHandlerContext) {
        channelDidEnd(context)
        context.fireChannelInactive()
    }

    /// Learns that the peer's bytes have ended, where the channel goes on after that.
    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent, stage == .running {
            inbound.isEnded = true
            pump()
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: - Turns

    private func start(_ context: ChannelHandlerContext) {
        guard stage == .idle else { return }
        stage = .running
        scheduleHandshakeTimeout(context)
        pump()
    }

    /// Takes everything as far as it goes; a bounded number of turns, so that the loop's other channels have theirs.
    func pump() {
        guard stage == .running else { return }
        isPumpDue = true
        guard !isPumping else { return }
        isPumping = true
        for _ in 0..<TLSHandlerLimits.turnsMax {
            guard isPumpDue, stage == .running, let context else { break }
            isPumpDue = turn(context)
        }
        isPumping = false
        if isPumpDue { pumpLater() }
    }

    private func pumpLater() {
        guard stage == .running, !isPumpScheduled, let context else { return }
        isPumpScheduled = true
        context.eventLoop.assumeIsolated().execute {
            self.isPumpScheduled = false
            self.pump()
        }
    }

    /// One turn. Returns whether something moved, so that another one may get further.
    ///
    /// Each step may call out to other handlers, and those may do anything; so each step asks whether it's still its turn.
    private func turn(_ context: ChannelHandlerContext) -> Bool {
        isPumpDue = false
        var isMoved = feedHeld()
        if send(context) { isMoved = true }
        tellHandshake(context)
        if deliver(context) { isMoved = true }
        tellEvents()
        decide(context)
        endReading(context)
        if moveTowardsGoal(context) { isMoved = true }
        failIfFailed(context)
        if !isMoved, !isPumpDue { endCycle(context) }
        return isMoved || isPumpDue
    }
}

@available(*, unavailable)
extension TLSHandler: Sendable {}
