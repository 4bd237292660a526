internal import Sluice

// What the pumps do with the engine.

extension StreamState {
    /// Whether bytes from the peer still mean something.
    var isReceiving: Bool { !isEnded && canReceive && !engine.isPeerClosed && engineFailure == nil }

    /// How many bytes the engine takes now, and wants.
    var wantedCount: Int {
        switch appetite {
        case .exact: min(engine.wantedByteCount, engine.feedableByteCount)
        case .ring: engine.feedableByteCount
        }
    }

    /// How many bytes to receive next; nil when no more will be wanted.
    mutating func nextReceive() -> Attempt<Int?, Condition> {
        feedSurplus()
        guard isReceiving else { return .done(nil) }
        // With a surplus left the engine has no room, or wants none.
        return surplus.isEmpty && wantedCount > 0 ? .done(wantedCount) : .wait(until: .hungry)
    }

    /// What the transport received: bytes, or none at their end.
    mutating func didReceive(_ bytes: [UInt8]) {
        change()
        guard bytes.count <= AsyncTLSLimits.chunkBytesMax else {
            let words = "the transport gave \(bytes.count) bytes at once"
            return didFailToReceive(AsyncTLSError(.chunkTooLong, fault: .transport, words))
        }
        if bytes.isEmpty {
            // If the bytes are cut off there, the engine says so from now on.
            try? engine.feedEOF()
            canReceive = false
        }
        surplus = bytes[...]
        feedSurplus()
    }

    mutating func didFailToReceive(_ error: any Error) {
        change()
        transportFailure = transportFailure ?? error
        canReceive = false
    }

    /// Feeds what is wanted of the surplus; what isn't, waits. A failure becomes the engine's state.
    private mutating func feedSurplus() {
        while !surplus.isEmpty, case let count = min(wantedCount, surplus.count), count > 0 {
            let taken = try? engine.feed(Array(surplus.prefix(count)))
            guard let taken, taken > 0 else { break }
            surplus = surplus.dropFirst(taken)
            change()
        }
    }

    /// The next bytes to send; nil when the scope is over.
    mutating func nextSend() -> Attempt<[UInt8]?, Condition> {
        if isEnded { return .done(nil) }
        let bytes = engine.drain(atMost: AsyncTLSLimits.sendBytesMax)
        guard !bytes.isEmpty else { return .wait(until: .drainable) }
        change()
        drainedCount += UInt64(bytes.count)
        return .done(bytes)
    }

    mutating func didSend(_ count: Int) {
        change()
        sentCount += UInt64(count)
    }

    mutating func didFailToSend(_ error: any Error) {
        change()
        transportFailure = transportFailure ?? error
        canSend = false
    }
}
