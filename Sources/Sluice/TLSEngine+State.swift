internal import SluiceOpenSSL

extension TLSEngine {
    /// Where a connection is in its life.
    public enum State: Hashable, Sendable {
        /// Until the handshake has completed, with the owner's verdict where it asked for one.
        case handshaking
        /// Both ends may send.
        case open
        /// `close()` was called; the peer may still send.
        case closedByLocal
        /// The peer's close_notify is in; this end may still send, RFC 8446 §6.1.
        case closedByPeer
        /// Both ends closed: the clean end.
        case closed
        /// Over, for this reason. Every verb but `drain` throws it.
        case failed(TLSError)
    }

    /// What the engine can't go on without.
    public enum Needs: Hashable, Sendable {
        /// This many more bytes from the peer, or any more; never more than end the record's header or body that is
        /// being read. A transport that reads exactly so many never takes a byte that belongs to what follows TLS.
        case ciphertext(atLeast: Int)
        /// That the peer gets what is in the outbound ring: `drain`. It may wait for that before it answers.
        case drain
        /// That plaintext is read; until then no more ciphertext is processed.
        case read
        /// An answer to ``TLSEngine/pendingDecision``.
        case decision
        /// Nothing: no more bytes will be read.
        case nothing
    }

    /// Where the connection is in its life.
    public var state: State {
        switch life {
        case .handshaking: .handshaking
        case .open(.open, .open): .open
        case .open(_, .open): .closedByLocal
        case .open(.closed, .closed): .closed
        case .open(_, .closed): .closedByPeer
        case .failed(let error): .failed(error)
        }
    }

    /// Whether the handshake has completed: plaintext can flow, or could.
    public var isEstablished: Bool { summary != nil }

    /// Whether the peer's close_notify was reached: all of its plaintext has been read.
    public var isPeerClosed: Bool {
        if case .open(_, .closed) = life { return true }
        return false
    }

    /// What to do next: a loop that does what `needs` says takes any connection to its end, with the fatal alert or
    /// close_notify sent.
    public var needs: Needs {
        if connection.outboundByteCount > 0 { return .drain }
        if life.failure == nil, connection.isQuestionOpen { return .decision }
        if readableByteCount > 0 { return .read }
        return wantedByteCount > 0 ? .ciphertext(atLeast: wantedByteCount) : .nothing
    }

    /// How many more bytes from the peer end what is being read, as in ``Needs/ciphertext(atLeast:)``; 0 where `read` or
    /// an answer must come first, or nothing will be read any more.
    ///
    /// For transports that send and receive at the same time, so that undrained bytes don't keep them from receiving.
    public var wantedByteCount: Int {
        guard life.isReceiving, !isInputEnded, !connection.isQuestionOpen else { return 0 }
        return isEstablished && connection.pendingPlaintextByteCount > 0 ? 0 : connection.readRequest
    }

    /// Bytes that `drain` gives now.
    public var drainableByteCount: Int { connection.outboundByteCount }

    /// Bytes that `feed` takes at least now, `0...ringCapacity`.
    public var feedableByteCount: Int { life.isReceiving && !isInputEnded ? connection.inboundFreeByteCount : 0 }

    /// Bytes that `read` gives at least now. Those of the record at hand; more may follow.
    public var readableByteCount: Int {
        // A message of this end's that waits for room, as tickets may, goes before libssl reads on.
        guard case .open(_, .open) = life, !connection.isHandshakeDue else { return 0 }
        return connection.pendingPlaintextByteCount
    }

    /// The longest plaintext that `write` takes whole now, `0...16384` bytes.
    public var writableByteCount: Int {
        guard case .open(.open, _) = life, !connection.isHandshakeDue else { return 0 }
        return connection.writableByteCount
    }
}
