internal import Sluice

/// One side of a session: its engine if it has one, and what waits for its peer.
struct Leg: ~Copyable, Sendable {
    /// TLS with this side's peer; nil where plaintext passes, and before it is known.
    var engine: TLSEngine?

    /// Bytes for this side's peer: plaintext that the engine hasn't taken, or what is transmitted as it is.
    var queue = ByteQueue()

    /// Whether there is a connection, or one is being made.
    var isPresent = false

    /// Whether the peer's bytes have ended.
    var isInputEnded = false

    /// Whether the peer was told that nothing follows: close_notify, or the end of the sending half.
    var isOutputEnded = false

    /// How far the connection is on its way out.
    var closing = Closing.open

    enum Closing: Hashable, Sendable {
        /// It goes on.
        case open
        /// What is left goes out, then this follows.
        case flushing(then: Way)
        /// A last alert was sent. The peer has time to read it; what it sends is thrown away, because a connection that is
        /// closed over unread bytes is reset, and then the alert may be lost.
        case lingering
        /// The owner was told to close it.
        case closed
    }

    enum Way: Hashable, Sendable {
        case close, abort, linger
    }

    /// Gives the engine what waits for it, as far as it takes it.
    mutating func flushQueue() {
        guard hasEngine, !queue.isEmpty else { return }
        var isMoving = true
        while isMoving, !queue.isEmpty {
            // What it throws is its state.
            isMoving = queue.take { bytes in (try? engine?.write(bytes)) ?? 0 } > 0
        }
    }
}

// What there is to know of the engine, where there is one.

extension Leg {
    private borrowing func ask<Answer>(_ question: (borrowing TLSEngine) -> Answer) -> Answer? {
        switch engine {
        case .some(let engine): question(engine)
        case .none: nil
        }
    }

    var hasEngine: Bool { ask { _ in true } ?? false }

    /// What the handshake came to, once it has completed.
    var summary: HandshakeSummary? { ask { $0.summary } ?? nil }

    /// Why TLS is over, if it failed.
    var failure: TLSError? {
        guard case .failed(let error)? = ask({ $0.state }) else { return nil }
        return error
    }

    var counters: TLSCounters? { ask { $0.counters } }

    var pendingDecision: TLSDecision? { ask { $0.pendingDecision } ?? nil }

    var drainableByteCount: Int { ask { $0.drainableByteCount } ?? 0 }

    var feedableByteCount: Int { ask { $0.feedableByteCount } ?? 0 }

    var readableByteCount: Int { ask { $0.readableByteCount } ?? 0 }

    var writableByteCount: Int { ask { $0.writableByteCount } ?? 0 }

    /// Plaintext that can be taken for the engine now, all in one record. None while more waits to be drained than fits
    /// beside it: records would become slivers.
    var plaintextRoom: Int {
        let room = writableByteCount
        return queue.isEmpty && room >= drainableByteCount ? room : 0
    }

    /// Whether bytes wait to be transmitted that are here already.
    var hasOutput: Bool {
        guard hasEngine else { return !queue.isEmpty }
        return drainableByteCount > 0 || (!queue.isEmpty && failure == nil)
    }

    /// Whether TLS of the peer's has ended in order: whatever follows is ignored, RFC 8446 §6.1.
    var isPeerClosed: Bool { ask { $0.isPeerClosed } ?? false }

    /// Whether the peer's plaintext is over, in order, and all of it was taken.
    var isSourceEnded: Bool {
        guard let isPeerClosed = ask({ $0.isPeerClosed }) else { return isInputEnded }
        return isPeerClosed && readableByteCount == 0
    }
}
