internal import Sluice

// One try of each thing that a stream's user may ask for.

extension StreamState {
    /// Plaintext; none once the peer has closed.
    mutating func read(atMost countMax: Int) throws -> Attempt<[UInt8], Condition> {
        try checkScope()
        let bytes = try engine.read(atMost: countMax)
        if !bytes.isEmpty {
            change()
            return .done(bytes)
        }
        if engine.isPeerClosed { return .done([]) }
        if !canReceive, let transportFailure { throw transportFailure }
        return .wait(until: .readable)
    }

    /// Gives the engine as much as it takes, and removes that from the rest.
    mutating func write(_ rest: inout ArraySlice<UInt8>, in turn: WriteTurn) throws -> Attempt<Void, Condition> {
        guard try take(turn) else { return .wait(until: anyChange) }
        try checkSending()
        while !rest.isEmpty {
            let count = try engine.write(Array(rest.prefix(TLSLimits.recordPlaintextBytesMax)))
            guard count > 0 else { return .wait(until: anyChange) }
            rest = rest.dropFirst(count)
            plaintextEnd = ciphertextEnd
        }
        return .done(())
    }

    /// Puts close_notify behind what was written.
    mutating func close(in turn: WriteTurn) throws -> Attempt<Void, Condition> {
        guard try take(turn) else { return .wait(until: anyChange) }
        try engine.close()
        change()
        return .done(())
    }

    /// Takes the turn if nobody else has it.
    private mutating func take(_ turn: WriteTurn) throws(AsyncTLSError) -> Bool {
        try checkScope()
        turnHolder = turnHolder ?? turn
        return turnHolder == turn
    }

    /// The next write may begin.
    mutating func end(_ turn: WriteTurn) {
        guard turnHolder == turn else { return }
        turnHolder = nil
        change()
    }

    /// Throws where nothing more can be sent. What the peer said before it went explains that best.
    func checkSending() throws {
        if let engineFailure { throw engineFailure }
        if !canSend, let transportFailure { throw transportFailure }
    }

    /// Where the ciphertext made so far ends.
    var ciphertextEnd: UInt64 { drainedCount + UInt64(engine.drainableByteCount) }

    /// Whether the ciphertext up to here is with the transport.
    func checkSent(_ end: UInt64) throws -> Attempt<Void, Condition> {
        try checkScope()
        if sentCount >= end { return .done(()) }
        try checkSending()
        return .wait(until: .sent(end))
    }

    /// Whether all ciphertext is with the transport, or nobody is left who wants it.
    func checkFlushed() throws -> Attempt<Void, Condition> {
        try checkScope()
        if isFlushed { return .done(()) }
        guard !canSend else { return .wait(until: .flushed) }
        // A peer that has closed may not wait for this end's close_notify.
        if engine.isPeerClosed, !isPlaintextUnsent { return .done(()) }
        try checkSending()
        return .done(())
    }

    /// What came after the peer's close_notify, once that is there.
    mutating func unwrap() throws -> Attempt<[UInt8], Condition> {
        try checkScope()
        if let engineFailure { throw engineFailure }
        if engine.isPeerClosed {
            isUnwrapped = true
            let leftover = engine.takeLeftover() + surplus
            surplus = []
            return .done(leftover)
        }
        if engine.readableByteCount > 0 {
            throw AsyncTLSError(.plaintextUnread, fault: .caller, "read to the end before you unwrap")
        }
        if !canReceive, let transportFailure { throw transportFailure }
        return .wait(until: .readable)
    }
}

// The handshake.

extension StreamState {
    /// Whether the handshake has completed.
    mutating func establish() throws -> Attempt<HandshakeSummary, Condition> {
        if let summary = engine.summary { return .done(summary) }
        if let engineFailure { throw engineFailure }
        if !canReceive, let transportFailure { throw transportFailure }
        return .wait(until: anyChange)
    }

    /// The next question; nil when there will be none.
    func nextDecision() -> Attempt<TLSDecision?, Condition> {
        if let decision = engine.pendingDecision { return .done(decision) }
        return engine.isEstablished || engineFailure != nil || isEnded ? .done(nil) : .wait(until: anyChange)
    }

    mutating func resolve(_ answer: TLSAnswer) throws(TLSError) {
        change()
        try engine.resolve(answer)
    }

    /// Who is to blame for a handshake that takes too long.
    var handshakeTimeout: any Error {
        if engine.pendingDecision != nil {
            return AsyncTLSError(.handshakeTimedOut, fault: .caller, "a decision took longer than the handshake may")
        }
        let late = AsyncTLSError(.handshakeTimedOut, fault: .peer, "the peer didn't complete the handshake in time")
        return canSend ? late : transportFailure ?? late
    }
}

// The end.

extension StreamState {
    /// Says goodbye where that is still due.
    ///
    /// - Parameter isComplete: Whether all was written that should be. If not, there is no close_notify: the peer is to
    ///   see truncation, and not take a part for the whole.
    /// - Returns: Whether there is something to wait for.
    mutating func beginClosing(isComplete: Bool) -> Bool {
        change()
        // In the handshake there is nothing to close, and a failed engine has its alert in the ring.
        if engine.isEstablished, isComplete { try? engine.close() }
        let hasLastWords = engine.isEstablished || engineFailure != nil
        return hasLastWords && canSend && !isFlushed
    }

    /// Ends every wait, now and later.
    ///
    /// - Returns: Why plaintext that was written isn't with the transport, or nil if it is.
    mutating func end() -> (any Error)? {
        change()
        isEnded = true
        guard isPlaintextUnsent else { return nil }
        let late = AsyncTLSError(
            .closeTimedOut,
            fault: .transport,
            "the transport didn't take what was written in time"
        )
        return canSend ? late : transportFailure ?? late
    }
}
