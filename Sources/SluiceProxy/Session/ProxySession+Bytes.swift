internal import Sluice

// Bytes in and out, on both sides.

extension ProxySession {
    /// Takes bytes that arrived from a side's peer, cut anywhere.
    ///
    /// - Returns: How many it took, `0...bytes.byteCount`. Fewer is back-pressure: transmit on both sides, then offer the
    ///   rest. Until ``wantsBytes(from:)`` nothing more needs to be read. What comes behind a side's close_notify, or when
    ///   it is closed, is taken and thrown away.
    public mutating func receive(_ bytes: RawSpan, from side: ProxySide) -> Int {
        guard bytes.byteCount > 0, !self[side].isInputEnded else { return 0 }
        var taken = 0
        for _ in 0..<SessionLimits.stepsMax {
            let count = take(bytes.extracting(droppingFirst: taken), from: side)
            taken += count
            if count > 0 { didMove() }
            // Where nothing was taken, that may be the news: TLS failed.
            settle()
            if count == 0 || taken == bytes.byteCount { break }
        }
        return taken
    }

    private mutating func take(_ bytes: RawSpan, from side: ProxySide) -> Int {
        switch (self[side].closing, stage) {
        case (.lingering, _), (.closed, _), (_, .over): return bytes.byteCount
        case (_, .ending): return 0
        case (_, .peeking(var peek)) where side == .client:
            // Its array has one owner then, and isn't copied for each byte that comes.
            stage = .over
            let count = peek.feed(bytes)
            stage = .peeking(peek)
            return count
        default: break
        }
        if self[side].hasEngine {
            // What it throws is its state, and the bytes are nobody's then, as they are behind close_notify.
            return self[side].isPeerClosed ? bytes.byteCount : (try? self[side].engine?.feed(bytes)) ?? bytes.byteCount
        }
        guard isRelaying() else { return 0 }
        let count = pass(bytes, to: side.other)
        changingFacts.received[side] += UInt64(count)
        return count
    }

    /// Gives a side plaintext for its peer.
    private mutating func pass(_ bytes: RawSpan, to side: ProxySide) -> Int {
        guard self[side].hasEngine else {
            return self[side].queue.append(bytes, capacity: SessionLimits.plaintextQueueBytes)
        }
        self[side].flushQueue()
        let count = min(bytes.byteCount, self[side].plaintextRoom)
        guard count > 0, let written = try? self[side].engine?.write(bytes.extracting(first: count)) else { return 0 }
        // Tickets that waited for a first write have gone before it, and taken its room.
        if written < count {
            _ = self[side].queue.append(bytes.extracting(written..<count), capacity: count)
        }
        return count
    }

    /// Says that a side's bytes have ended, after the last of them was taken.
    public mutating func receiveEOF(from side: ProxySide) {
        guard !self[side].isInputEnded else { return }
        self[side].isInputEnded = true
        try? self[side].engine?.feedEOF()
        settle()
    }

    /// Appends bytes for a side's peer to an output, as far as there are any and it has room.
    ///
    /// - Returns: How many.
    public mutating func transmit(to side: ProxySide, into output: inout OutputRawSpan) -> Int {
        var total = 0
        for _ in 0..<SessionLimits.stepsMax {
            guard output.freeCapacity > 0 else { break }
            let count = give(to: side, into: &output)
            guard count > 0 else { break }
            total += count
            // What went may have made room for more.
            settle()
        }
        if total > 0 {
            didMove()
            lingerOn()
        }
        return total
    }

    private mutating func give(to side: ProxySide, into output: inout OutputRawSpan) -> Int {
        guard self[side].closing != .closed else { return 0 }
        guard !self[side].hasEngine else { return self[side].engine?.drain(into: &output) ?? 0 }
        let count = self[side].queue.take(into: &output)
        guard count == 0, case .relaying = stage else { return count }
        // Plaintext goes from the engine straight to where it is wanted.
        return (try? self[side.other].engine?.read(into: &output)) ?? 0
    }

    /// A number of bytes that the next ``transmit(to:into:)`` can be expected to have for a side; 0 if there are none.
    public func transmittableByteCount(to side: ProxySide) -> Int {
        guard self[side].closing != .closed else { return 0 }
        if self[side].hasEngine { return self[side].drainableByteCount }
        if !self[side].queue.isEmpty { return self[side].queue.count }
        return isRelaying() ? self[side.other].readableByteCount : 0
    }

    mutating func didMove() {
        lastActivity = now
        isHibernating = false
    }
}
