internal import NIOCore
internal import Sluice

// From the next handlers through the engine to the channel.

extension TLSHandler {
    /// Why a write can't be taken, if it can't.
    var writeRefusal: (any Error)? {
        switch (stage, goal) {
        case (.finishing, _), (.over, _), (_, .close): ChannelError.ioOnClosedChannel
        case (_, .closeOutput): ChannelError.outputClosed
        case (_, .unwrap): TLSHandlerError(.unwrapped)
        default: nil
        }
    }

    /// Takes what was flushed through the engine and gives the channel what comes of it, while the channel has room.
    /// Returns whether anything was sent.
    func send(_ context: ChannelHandlerContext) -> Bool {
        var isMoved = false
        // Asked each time: the channel may call back into anything.
        while stage == .running, context.channel.isWritable {
            let chunk = nextChunk(context)
            guard chunk.readableBytes > 0 || outbound.hasTakenPromises else { break }
            isMoved = true
            context.write(wrapOutboundOut(chunk), promise: outbound.takePromise(on: context.eventLoop))
        }
        if isMoved { context.flush() }
        return isMoved
    }

    /// Ciphertext: of what was flushed, and of the engine's own.
    private func nextChunk(_ context: ChannelHandlerContext) -> ByteBuffer {
        takeWrites()
        guard engine.drainableByteCount > 0 else { return ByteBuffer() }
        let restCount = min(outbound.next()?.readableBytes ?? 0, TLSHandlerLimits.outboundChunkBytes)
        var chunk = context.channel.allocator.buffer(capacity: engine.drainableByteCount + restCount)
        repeat {
            drain(into: &chunk)
            if chunk.readableBytes >= TLSHandlerLimits.outboundChunkBytes { break }
            takeWrites()
        } while engine.drainableByteCount > 0
        return chunk
    }

    /// Gives the engine what was flushed, as much as it takes.
    private func takeWrites() {
        guard engine.isEstablished, !outbound.isCloseAsked else { return }
        while let bytes = outbound.next() {
            // What it throws is its state.
            let count = (try? engine.write(bytes.readableBytesSpan)) ?? 0
            guard outbound.take(count) else { break }
        }
    }

    /// Adds everything that the engine has for the channel.
    func drain(into chunk: inout ByteBuffer) {
        while case let count = engine.drainableByteCount, count > 0 {
            if outbound.isCloseAsked { outbound.isCloseNotifySent = true }
            chunk.writeWithOutputRawSpan(minimumWritableBytes: count) { output in
                _ = engine.drain(into: &output)
            }
        }
    }
}
