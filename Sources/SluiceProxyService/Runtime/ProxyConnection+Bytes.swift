internal import NIOCore
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

// Bytes between the channels and the session.

extension ProxyConnection {
    func channelDidRead(_ buffer: ByteBuffer, on side: ProxySide) {
        // The end of the channel's turn at reading follows.
        self[side].held.append(buffer)
    }

    func channelDidFinishReading(on side: ProxySide) {
        self[side].isReading = false
        pump()
    }

    func channelDidEnd(on side: ProxySide) {
        if self[side].inputEnd == nil { self[side].inputEnd = .ended }
        pump()
    }

    func channelDidFail(_ error: any Error, on side: ProxySide) {
        // A channel that is half closed may break later.
        if !self[side].isInputEndTold { self[side].inputEnd = .lost("\(error)") }
    }

    func channelDidClose(on side: ProxySide) {
        self[side].channel = nil
        self[side].isGone = true
        guard !isFinished else { return leaveIfClosed() }
        guard !self[side].isClosing else { return pump() }
        if self[side].isInputEndTold {
            session.connectionLost(side, words: "broken")
        } else if self[side].inputEnd == nil {
            // Where both ends are closed NIO says nothing of the peer's (2.101): without an error it came in order.
            self[side].inputEnd = self[side].isOutputClosed ? .ended : .lost("closed")
        }
        pump()
    }

    // MARK: - In

    /// Gives the session, or what is spoken before it, what was read. Returns whether it took a byte.
    func offerHeld(_ side: ProxySide) -> Bool {
        var isMoved = false
        while let first = self[side].held.first {
            let count = offer(first, side)
            guard count > 0 else { break }
            isMoved = true
            if count == first.readableBytes {
                self[side].held.removeFirst()
            } else {
                self[side].held[self[side].held.startIndex].moveReaderIndex(forwardBy: count)
                break
            }
        }
        return endInput(side) || isMoved
    }

    private func offer(_ buffer: ByteBuffer, _ side: ProxySide) -> Int {
        switch self[side].preface {
        case .none: session.receive(buffer.readableBytesSpan, from: side)
        case .header(let parser): feedHeader(buffer, parser)
        case .startTLS(let dialogue): feedStartTLS(buffer, dialogue)
        }
    }

    /// Tells the session how a side's bytes ended, once it has all of them. Returns whether it did.
    private func endInput(_ side: ProxySide) -> Bool {
        guard let end = self[side].inputEnd, !self[side].isInputEndTold else { return false }
        // What a peer sent before it broke off goes as far as it can at once: waiting for the rest would keep the loss secret.
        if case .lost = end { self[side].held.removeAll() }
        guard self[side].held.isEmpty else { return false }
        self[side].isInputEndTold = true
        switch (self[side].preface, end) {
        case (.startTLS, _): attemptFailed("the server closed the connection before TLS")
        case (_, .ended): session.receiveEOF(from: side)
        case (_, .lost(let words)): session.connectionLost(side, words: words)
        }
        return true
    }

    /// Asks the channel for more, if it is wanted.
    func requestRead(_ side: ProxySide) {
        guard let channel = self[side].channel, !self[side].isReading, self[side].held.isEmpty,
            self[side].inputEnd == nil
        else { return }
        let isWanted: Bool =
            switch self[side].preface {
            case .none: session.wantsBytes(from: side)
            case .header, .startTLS: true
            }
        guard isWanted else { return }
        self[side].isReading = true
        channel.read()
    }

    // MARK: - Out

    /// Gives a channel what the session has for it, as long as it takes more. Returns whether there was any.
    func transmit(_ side: ProxySide) -> Bool {
        guard case .none = self[side].preface else { return false }
        var isMoved = false
        while self[side].isWritable {
            let chunk = nextChunk(to: side)
            guard chunk.readableBytes > 0 else { break }
            isMoved = true
            // What is for a peer that has gone is lost, which the session learns.
            self[side].channel?.write(chunk, promise: nil)
        }
        if isMoved { self[side].channel?.flush() }
        return isMoved
    }

    private func nextChunk(to side: ProxySide) -> ByteBuffer {
        let count = session.transmittableByteCount(to: side)
        guard count > 0 else { return ByteBuffer() }
        let allocator = self[side].channel?.allocator ?? ByteBufferAllocator()
        var chunk = allocator.buffer(capacity: count)
        for _ in 0..<RuntimeLimits.piecesMax {
            let count = session.transmittableByteCount(to: side)
            guard count > 0, chunk.readableBytes < RuntimeLimits.chunkBytes else { break }
            chunk.writeWithOutputRawSpan(minimumWritableBytes: count) { output in
                _ = session.transmit(to: side, into: &output)
            }
        }
        return chunk
    }
}
