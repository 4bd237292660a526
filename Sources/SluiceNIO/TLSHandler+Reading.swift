internal import NIOCore
internal import Sluice

// From the channel through the engine to the next handlers.

extension TLSHandler {
    /// Gives the engine what waits. Returns whether it took a byte.
    func feedHeld() -> Bool {
        var isMoved = false
        while let buffer = inbound.first {
            // What it throws is its state, which is looked at after every turn.
            let count = (try? engine.feed(buffer.readableBytesSpan)) ?? 0
            guard count > 0 else { break }
            inbound.removeFirst(count)
            isMoved = true
        }
        if inbound.isEnded, inbound.isEmpty, !inbound.isEndFed {
            inbound.isEndFed = true
            try? engine.feedEOF()
            isMoved = true
        }
        return isMoved
    }

    /// Fires what plaintext there is, if anybody wants it. Returns whether there was any.
    func deliver(_ context: ChannelHandlerContext) -> Bool {
        guard stage == .running, isHandshakeTold, engine.readableByteCount > 0, let fate = plaintextFate(context) else {
            return false
        }
        let plaintext = takePlaintext(context)
        // Whoever asked has been served, and may ask again from now on.
        inbound.isWanted = false
        guard fate == .fired, plaintext.readableBytes > 0 else { return true }
        inbound.isDelivering = true
        context.fireChannelRead(wrapInboundOut(plaintext))
        return true
    }

    private enum Fate { case fired, dropped }

    /// What becomes of plaintext now; nil: it waits.
    private func plaintextFate(_ context: ChannelHandlerContext) -> Fate? {
        if inbound.isWanted || inbound.isDelivering || inbound.isEnded || context.isAutoRead { return .fired }
        // The peer's close_notify lies behind it, and whoever closed and doesn't read wants no more.
        return goal == .close ? .dropped : nil
    }

    /// All the plaintext that can be had now, in one buffer: what came with one turn of the channel's reading at the
    /// most.
    func takePlaintext(_ context: ChannelHandlerContext) -> ByteBuffer {
        var plaintext = context.channel.allocator.buffer(capacity: engine.readableByteCount + inbound.byteCount)
        repeat {
            let count = engine.readableByteCount
            guard count > 0 else { break }
            plaintext.writeWithOutputRawSpan(minimumWritableBytes: count) { output in
                // What it throws is its state.
                _ = try? engine.read(into: &output)
            }
        } while feedHeld() || engine.readableByteCount > 0
        return plaintext
    }

    /// Says that the reading is over for now, and asks for more where that is wanted.
    func endCycle(_ context: ChannelHandlerContext) {
        guard stage == .running, !inbound.isInCycle else { return }
        if inbound.isDelivering {
            inbound.isDelivering = false
            context.fireChannelReadComplete()
        }
        requestRead(context)
    }

    private func requestRead(_ context: ChannelHandlerContext) {
        guard stage == .running, !inbound.isRequested, !inbound.isEnded, inbound.isEmpty else { return }
        // Somebody waits for plaintext, or TLS itself can't go on.
        let isNeeded = (!engine.isEstablished || goal >= .unwrap) && engine.wantedByteCount > 0
        guard inbound.isWanted || isNeeded else { return }
        inbound.isRequested = true
        context.read()
    }

    /// Looks at the end of the peer's bytes: its close_notify.
    func endReading(_ context: ChannelHandlerContext) {
        guard stage == .running, engine.isPeerClosed, !inbound.isEndTold else { return }
        inbound.isEndTold = true
        guard goal < .unwrap else { return }
        if context.isRemoteHalfClosureAllowed {
            if goal == .closeOutput { setGoal(.close, context) }
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else {
            // Nothing is wanted of the peer any more, so it gets its answer and the channel ends.
            setGoal(.close, context)
        }
    }
}

extension ChannelHandlerContext {
    /// Whether the channel reads by itself. One that can't say does.
    var isAutoRead: Bool {
        (try? channel.syncOptions?.getOption(ChannelOptions.autoRead)) ?? true
    }

    /// Whether the channel stays open when the peer sends no more.
    var isRemoteHalfClosureAllowed: Bool {
        (try? channel.syncOptions?.getOption(ChannelOptions.allowRemoteHalfClosure)) ?? false
    }
}
