public import NIOCore
internal import NIOTLS
internal import Sluice

// Ways to the end.

extension TLSHandler {
    /// Ends TLS and leaves the channel open: close_notify both ways, then the handler goes from the pipeline and what the
    /// peer sent behind its close_notify is fired as it is.
    ///
    /// What was flushed before goes out first; what was only written fails. The peer has `shutdownTimeout` to answer,
    /// then the handler goes without, and the promise fails.
    ///
    /// - Parameter promise: Succeeds when the handler has gone.
    public func stopTLS(promise: EventLoopPromise<Void>?) {
        switch stage {
        case .idle:
            guard let context else { fallthrough }
            promises.addUnwrap(promise)
            unwrap(context, nil)
        case .running:
            guard let context, goal < .close else { fallthrough }
            promises.addUnwrap(promise)
            setGoal(.unwrap, context)
            pump()
        case .finishing, .over:
            promise?.fail(TLSHandlerError(.alreadyClosed))
        }
    }

    func closeOutput(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch (stage, goal) {
        case (.running, .stayOpen):
            outbound.mark()
            // Both ends closed: that is the end of the channel too.
            if engine.isPeerClosed { promises.addClose(promise) } else { promises.addCloseOutput(promise) }
            setGoal(engine.isPeerClosed ? .close : .closeOutput, context)
            pump()
        case (.running, .closeOutput) where !outbound.isClosed: promises.addCloseOutput(promise)
        case (.running, .unwrap): promise?.fail(TLSHandlerError(.unwrapped))
        case (.running, .close), (.finishing, _): promises.addClose(promise)
        default: context.close(mode: .output, promise: promise)
        }
    }

    func closeAll(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        switch stage {
        case .idle:
            stage = .over
            failWrites(ChannelError.ioOnClosedChannel)
            context.close(promise: promise)
        case .running where engine.isEstablished:
            promises.addClose(promise)
            promises.takeUnwrap()?.fail(TLSHandlerError(.alreadyClosed))
            setGoal(.close, context)
            pump()
        case .running:
            // There is no connection to close yet.
            promises.addClose(promise)
            finish(context, ChannelError.ioOnClosedChannel)
        case .finishing: promises.addClose(promise)
        case .over: context.close(promise: promise)
        }
    }

    /// Makes up its mind. There is no way back.
    func setGoal(_ goal: HandlerGoal, _ context: ChannelHandlerContext) {
        guard goal > self.goal else { return }
        self.goal = goal
        if goal >= .unwrap { scheduleShutdownTimeout(context) }
    }

    /// Takes the next step to the end that is wanted. Returns whether something moved.
    func moveTowardsGoal(_ context: ChannelHandlerContext) -> Bool {
        guard stage == .running, goal > .stayOpen, engine.isEstablished, !outbound.isFlushDue else { return false }
        switch engine.state {
        case .open, .closedByPeer:
            guard engine.drainableByteCount == 0 else { return false }
            // What it throws is its state.
            try? engine.close()
            outbound.isCloseAsked = true
            return true
        case .closedByLocal, .closed:
            // It waits where a message of the peer's is half here.
            guard outbound.isCloseNotifySent, engine.drainableByteCount == 0 else { return false }
            return end(context)
        case .handshaking, .failed:
            return false
        }
    }

    /// close_notify is with the channel.
    private func end(_ context: ChannelHandlerContext) -> Bool {
        sentAtShutdownTimer = engine.counters.ciphertextBytesSent
        if goal == .closeOutput { closeChannelOutput(context) }
        guard stage == .running, engine.state == .closed, goal >= .unwrap else { return false }
        context.fireUserInboundEventTriggered(TLSUserEvent.shutdownCompleted)
        guard stage == .running else { return true }
        if goal == .unwrap { unwrap(context, nil) } else { finish(context, ChannelError.ioOnClosedChannel) }
        return true
    }

    private func closeChannelOutput(_ context: ChannelHandlerContext) {
        guard !outbound.isClosed else { return }
        outbound.isClosed = true
        failWrites(ChannelError.outputClosed)
        context.close(mode: .output, promise: promises.takeCloseOutput())
    }

    /// Ends the channel if the engine has failed, with the alert before.
    func failIfFailed(_ context: ChannelHandlerContext) {
        guard stage == .running, case .failed(let error) = engine.state else { return }
        finish(context, error, isFired: true)
    }

    /// Sends what is left, fails what can't be sent any more, and closes the channel behind the last byte.
    func finish(_ context: ChannelHandlerContext, _ error: any Error, isFired: Bool = false) {
        stage = .finishing
        handshakeTimer?.cancel()
        var rest = ByteBuffer()
        drain(into: &rest)
        let sent = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(rest), promise: sent)
        failWrites(error)
        promises.takeUnwrap()?.fail(error)
        if isFired {
            promises.takeCloseOutput()?.fail(error)
            context.fireErrorCaught(error)
        } else {
            let promise = promises.takeCloseOutput()
            promises.addClose(promise)
        }
        if inbound.isEnded, !inbound.isEndTold {
            inbound.isEndTold = true
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        tellEvents()
        if shutdownTimer == nil { scheduleShutdownTimeout(context) }
        sent.futureResult.assumeIsolated().whenComplete { _ in self.closeChannel() }
    }

    /// Closes the channel, whatever it still holds.
    func closeChannel() {
        guard stage == .finishing, let context else { return }
        stage = .over
        cancelTimers()
        let promise = promises.takeClose()
        let closed = context.eventLoop.makePromise(of: Void.self)
        closed.futureResult.whenComplete { result in
            // The peer may have been faster: it's closed, and that was asked for.
            if case .failure(let error as ChannelError) = result, error == .alreadyClosed {
                promise?.succeed()
            } else {
                promise?.completeWith(result)
            }
        }
        context.close(promise: closed)
    }

    /// Fails every write that the channel doesn't have.
    func failWrites(_ error: any Error) {
        for promise in outbound.takeAll() { promise.fail(error) }
    }

    /// Fails whoever waits for an end.
    func failEnds(_ error: any Error) {
        for promise in promises.takeAll() { promise.fail(error) }
    }

    /// The channel has ended.
    func channelDidEnd(_ context: ChannelHandlerContext) {
        guard stage == .running else {
            failWrites(ChannelError.ioOnClosedChannel)
            if stage == .finishing {
                stage = .over
                cancelTimers()
                promises.takeClose()?.succeed()
            }
            stage = .over
            return
        }
        inbound.isEnded = true
        readRest(context)
        guard stage == .running else { return }
        stage = .over
        cancelTimers()
        tellEvents()
        settleEnd(context)
    }

    /// Fires what is still here: there is no later time for it.
    private func readRest(_ context: ChannelHandlerContext) {
        _ = feedHeld()
        tellHandshake(context)
        while deliver(context) { _ = feedHeld() }
        guard stage == .running, inbound.isDelivering else { return }
        inbound.isDelivering = false
        context.fireChannelReadComplete()
    }

    private func settleEnd(_ context: ChannelHandlerContext) {
        // One that waits for a decision doesn't look for the end.
        let failure: TLSError? =
            if case .failed(let error) = engine.state { error } else { engine.isEstablished ? nil : .endedInHandshake }
        // Whoever has closed wants nothing more from the peer, which may go without a goodbye.
        guard let failure, goal != .close || !outbound.isCloseNotifySent else {
            failWrites(ChannelError.ioOnClosedChannel)
            promises.takeClose()?.succeed()
            failEnds(ChannelError.ioOnClosedChannel)
            return
        }
        failWrites(failure)
        failEnds(failure)
        context.fireErrorCaught(failure)
    }

    /// Leaves the pipeline, and hands on what isn't TLS.
    func unwrap(_ context: ChannelHandlerContext, _ error: TLSHandlerError?) {
        stage = .over
        cancelTimers()
        failWrites(TLSHandlerError(.unwrapped))
        promises.takeCloseOutput()?.fail(TLSHandlerError(.unwrapped))
        let promise = promises.takeUnwrap()
        let removed = context.eventLoop.makePromise(of: Void.self)
        removed.futureResult.assumeIsolated().whenComplete { result in
            self.fireLeftover(context)
            if let error { context.fireErrorCaught(error) }
            promise?.completeWith(error.map { .failure($0) } ?? result)
        }
        context.pipeline.syncOperations.removeHandler(context: context, promise: removed)
    }

    private func fireLeftover(_ context: ChannelHandlerContext) {
        var leftover = ByteBuffer(bytes: engine.takeLeftover())
        var held = inbound.takeAll()
        leftover.writeBuffer(&held)
        guard leftover.readableBytes > 0 else { return }
        context.fireChannelRead(wrapInboundOut(leftover))
        context.fireChannelReadComplete()
    }
}

extension TLSError {
    /// The channel ended while the engine waited for an answer of its owner.
    fileprivate static var endedInHandshake: TLSError {
        var error = TLSError(.truncated, fault: .transport, "the channel ended before the handshake had completed")
        error.isDuringHandshake = true
        return error
    }
}
