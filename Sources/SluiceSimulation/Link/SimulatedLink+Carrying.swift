internal import Sluice

// What a step is made of: engines are drained, time moves on, a piece is fed.

extension SimulatedLink {
    /// Lets time pass on both engines' clocks.
    mutating func advance(to time: Duration) {
        let before = epoch.adding(now)
        now = max(now, time)
        let after = epoch.adding(now)
        guard after != before else { return }
        client.setTime(after)
        server.setTime(after)
    }

    /// Moves what can be drained into the wires.
    mutating func collect() {
        for end in End.allCases {
            repeat { drain(end) } while closeEarly(end)
            if self[end].isOver, self[end].drainableByteCount == 0 { wires[end].end(at: now) }
        }
    }

    private mutating func drain(_ end: End) {
        while case let room = wires[end].roomByteCount, room > 0 {
            let bytes = self[end].drain(atMost: room)
            guard !bytes.isEmpty else { return }
            let offset = drainedByteCounts[end]
            drainedByteCounts[end] += UInt64(bytes.count)
            transcripts[end].append(bytes)
            wires[end].send(sabotage?(end, offset, bytes) ?? bytes, at: now)
        }
    }

    private mutating func closeEarly(_ end: End) -> Bool {
        guard wires[end].takeEarlyClose() else { return false }
        do throws(TLSError) { try self[end].close() } catch { note(error, at: end) }
        return true
    }

    /// The end to which something arrives next, and when. Ends that have no room for it are left out.
    mutating func nextArrival() -> (end: End, time: Duration)? {
        var next: (end: End, time: Duration)?
        for end in End.allCases where canTake(end) {
            guard let time = wires[end.other].nextArrival() else { continue }
            if next.map({ time < $0.time }) ?? true { next = (end, time) }
        }
        return next
    }

    private mutating func canTake(_ end: End) -> Bool {
        if self[end].feedableByteCount > 0 || !self[end].isReceiving { return true }
        return wires[end.other].next() == .end
    }

    /// Feeds an end what arrives there next.
    mutating func deliver(to end: End) throws(SimulationFailure) {
        // Nobody reads a socket whose connection has ended.
        guard self[end].isReceiving, let arrival = wires[end.other].next() else { return wires[end.other].discard() }
        guard case .bytes(let piece) = arrival else { return endInput(of: end) }
        let taken: Int
        do throws(TLSError) {
            taken = try self[end].feed(piece)
        } catch {
            wires[end.other].discard()
            return note(error, at: end)
        }
        fedByteCounts[end] += UInt64(taken)
        wires[end.other].take(taken)
        if taken == 0, self[end].isReceiving {
            throw failure(.needsAreTrue, "the \(end) has room for ciphertext and takes none")
        }
    }

    /// Tells an end that nothing more arrives.
    mutating func endInput(of end: End) {
        wires[end.other].discard()
        do throws(TLSError) { try self[end].feedEOF() } catch { note(error, at: end) }
    }

    private mutating func note(_ error: TLSError, at end: End) {
        failures[end] = failures[end] ?? error
    }
}
