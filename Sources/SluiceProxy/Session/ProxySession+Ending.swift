internal import Sluice

// The ways out.

extension ProxySession {
    /// Ends the session. What is left goes out where that still makes sense, within `linger`; a client whose TLS hasn't
    /// begun gets an alert.
    ///
    /// The first end counts. Neither side is told that the other ended in order, unless both did.
    public mutating func end(_ end: SessionEnd) {
        switch stage {
        case .ending, .over: return
        case .peeking: sayWhy(end)
        case .routing(let bytes): if !bytes.isEmpty { sayWhy(end) }
        case .connecting, .reaching: upstream.queue.clear()
        case .greeting, .relaying: break
        }
        stage = .ending(end)
        endTime = now
        stageDeadline = now + timeouts.linger
        changingFacts.end = end
        for side in ProxySide.allCases { plan(side, end) }
        settle()
    }

    /// Says that a side's connection broke: a reset, or an error of the system's.
    public mutating func connectionLost(_ side: ProxySide, words: String = "") {
        // Where everything had been said, how it goes doesn't matter.
        let isDone = self[side].isOutputEnded && self[side].isSourceEnded && !self[side].hasOutput
        self[side].isInputEnded = true
        self[side].closing = .closed
        self[side].queue.clear()
        if !isDone { end(SessionEnd(.connectionLost, side: side, words: words)) }
        settle()
    }

    private mutating func sayWhy(_ end: SessionEnd) {
        guard client.queue.isEmpty else { return }
        switch end.reason {
        case .overLimit, .shutDown, .internalError, .handshakeTimeout:
            client.queue.append(TLSAlert.internalError.plaintextRecord)
        case .refused: client.queue.append(TLSAlert.accessDenied.plaintextRecord)
        default: break
        }
    }

    /// Chooses how a side goes out.
    private mutating func plan(_ side: ProxySide, _ end: SessionEnd) {
        guard self[side].isPresent, self[side].closing == .open else { return }
        let way: Leg.Way =
            if end.reason == .completed, self[side].isOutputEnded || self[side].hasEngine {
                .close
            } else if hasLastWords(side) {
                self[side].isInputEnded ? .close : .linger
            } else {
                // Without close_notify a TLS peer knows; any other has to be told by a reset.
                !self[side].hasEngine ? .abort : .close
            }
        self[side].closing = .flushing(then: way)
    }

    /// Whether what is left for a side is an alert.
    private func hasLastWords(_ side: ProxySide) -> Bool {
        if self[side].hasEngine { return self[side].failure != nil }
        return side == .client && !upstream.isPresent && !client.queue.isEmpty
    }

    /// Lets what is left go out, then closes. Returns whether something changed.
    mutating func wind() -> Bool {
        var isMoved = false
        for side in ProxySide.allCases {
            self[side].flushQueue()
            if closeFurther(side) { isMoved = true }
        }
        guard client.closing == .closed, !upstream.isPresent || upstream.closing == .closed else { return isMoved }
        stage = .over
        stageDeadline = nil
        commands.append(.finish)
        return true
    }

    private mutating func closeFurther(_ side: ProxySide) -> Bool {
        switch self[side].closing {
        case .flushing(let way) where !self[side].hasOutput:
            switch way {
            case .close: shut(side, .close(side))
            case .abort: shut(side, .abort(side))
            case .linger:
                self[side].closing = .lingering
                commands.append(.closeOutput(side))
            }
            return true
        case .lingering where self[side].isInputEnded:
            shut(side, .close(side))
            return true
        default: return false
        }
    }

    private mutating func shut(_ side: ProxySide, _ command: ProxyCommand) {
        self[side].closing = .closed
        commands.append(command)
    }

    /// Whatever still waits is given up.
    mutating func giveUp() {
        for side in ProxySide.allCases where self[side].isPresent && self[side].closing != .closed {
            let isLingering = self[side].closing == .lingering
            shut(side, isLingering ? .close(side) : .abort(side))
        }
        settle()
    }
}
