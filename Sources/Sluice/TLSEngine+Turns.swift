internal import SluiceOpenSSL

// How the engine gets on: one turn is one call of libssl, and turns follow each other until nothing moves.

extension TLSEngine {
    /// Takes the connection as far as its bytes allow. A failure becomes the engine's state.
    mutating func advance() {
        isWaitingForRoom = false
        let turnsMax = TLSLimits.turnsMax(ringCapacity: connection.ringCapacity)
        var turns = 0
        while turns < turnsMax, takeTurn() { turns += 1 }
        assert(turns < turnsMax, "turns follow each other and move nothing")
    }

    /// One call of libssl. Returns whether another one may get further.
    private mutating func takeTurn() -> Bool {
        do throws(OpenSSLFailure) {
            switch life {
            case .handshaking: return try takeHandshakeTurn()
            case .open(let local, let peer): return try takeOpenTurn(local, peer)
            case .failed: return false
            }
        } catch {
            fail(error)
            return false
        }
    }

    private mutating func takeHandshakeTurn() throws(OpenSSLFailure) -> Bool {
        if connection.isQuestionOpen { return false }
        switch try connection.handshake() {
        case .done:
            // A TLS 1.3 server whose owner gives the verdict: libssl is through, the engine isn't.
            if connection.isQuestionOpen { return false }
            completeHandshake()
            return true
        case .wantsInput, .wantsDecision: return false
        case .wantsOutput: return waitForRoom()
        case .peerClosed:
            fail(TLSError.closedInHandshake)
            return false
        }
    }

    private mutating func takeOpenTurn(
        _ local: EngineLife.LocalEnd,
        _ peer: EngineLife.PeerEnd
    ) throws(OpenSSLFailure) -> Bool {
        if connection.isHandshakeDue {
            // Tickets and KeyUpdates, either way.
            let outcome = try connection.handshake()
            if case .done = outcome { return true }
            return settle(outcome)
        }
        if local == .closing {
            // libssl counts a close_notify as sent that it could write only a part of.
            guard connection.hasRoomForControl else { return waitForRoom() }
            guard try connection.shutdown() == .done else { return waitForRoom() }
            life.localDidClose()
            return true
        }
        guard peer == .open, connection.pendingPlaintextByteCount == 0, connection.hasInput else { return false }
        guard connection.hasRoomForControl else { return waitForRoom() }
        return try settle(connection.peek())
    }

    /// What an outcome of reading means. Returns whether reading again may get further.
    mutating func settle(_ outcome: ConnectionHandle.Outcome) -> Bool {
        switch outcome {
        case .done, .wantsInput, .wantsDecision: return false
        case .wantsOutput: return waitForRoom()
        case .peerClosed:
            // libssl would wait for the rest of the message at each turn, and neither read nor write.
            guard !connection.isHandshakeDue else {
                fail(TLSError.closedInMessage)
                return false
            }
            life.peerDidClose()
            connection.post(.peerClosed)
            return true
        }
    }

    private mutating func waitForRoom() -> Bool {
        isWaitingForRoom = true
        return false
    }

    /// Ends the connection for the reason that libssl gave.
    mutating func fail(_ failure: OpenSSLFailure) {
        fail(TLSError(failure, of: connection))
    }

    /// Ends the connection.
    mutating func fail(_ error: TLSError) {
        var error = error
        error.isDuringHandshake = summary == nil
        life = .failed(error)
        isWaitingForRoom = false
    }

    /// Throws the reason for which the connection is over.
    func checkAlive() throws(TLSError) {
        if let failure = life.failure { throw failure }
    }
}
