internal import Sluice

/// An engine with what its two pumps and its users must know of each other.
///
/// Pure of waiting: each method does what can be done now, and says what to wait for.
struct StreamState: ~Copyable, Monitored {
    var engine: TLSEngine

    /// How much the receiving pump asks for.
    let appetite: AsyncTLSAppetite

    /// The first failure of the transport. Others are its echoes.
    var transportFailure: (any Error)?

    /// Whether the transport still receives and sends. It may do one without the other.
    var canReceive = true
    var canSend = true

    /// What a transport gave beyond what was wanted. No more is received until it is fed.
    var surplus: ArraySlice<UInt8>

    /// Ciphertext taken from the engine, and what of it the transport took.
    var drainedCount: UInt64 = 0
    var sentCount: UInt64 = 0

    /// Where in the ciphertext the last plaintext ends that was written.
    var plaintextEnd: UInt64 = 0

    /// Changes with everything that a write or the handshake may wait for.
    private(set) var version: UInt64 = 0

    /// The write whose turn it is, so that the bytes of each stay together.
    var turnHolder: WriteTurn?
    private var lastTurn: UInt64 = 0

    /// Whether the transport was given back.
    var isUnwrapped = false

    /// Whether the scope is over.
    var isEnded = false

    init(engine: consuming TLSEngine, received: [UInt8], appetite: AsyncTLSAppetite) {
        surplus = received[...]
        self.engine = engine
        self.appetite = appetite
    }

    enum Condition: Sendable {
        /// There is something to send.
        case drainable
        /// The engine wants bytes, or never will again.
        case hungry
        /// A read gets further.
        case readable
        /// Anything has changed since.
        case changed(since: UInt64)
        /// The transport took so many bytes, or takes no more.
        case sent(UInt64)
        /// The transport took all, or takes no more.
        case flushed
    }

    func isMet(_ condition: Condition) -> Bool {
        if isEnded { return true }
        return switch condition {
        case .drainable: engine.drainableByteCount > 0
        case .hungry: wantedCount > 0 || !isReceiving
        case .readable:
            // The end of the peer's bytes alone isn't enough: the engine may have no room yet to say what it means.
            engine.readableByteCount > 0 || engine.isPeerClosed || engineFailure != nil
                || (!canReceive && transportFailure != nil)
        case .changed(let old): version != old
        case .sent(let count): sentCount >= count || !canSend
        case .flushed: isFlushed || !canSend
        }
    }

    /// Whether the transport took all that the engine made.
    var isFlushed: Bool { engine.drainableByteCount == 0 && sentCount == drainedCount }

    /// Whether plaintext was written that the transport didn't take.
    var isPlaintextUnsent: Bool { sentCount < plaintextEnd }

    /// What to wait for until something is new.
    var anyChange: Condition { .changed(since: version) }

    /// Why the engine is over, if it failed.
    var engineFailure: TLSError? {
        if case .failed(let error) = engine.state { return error }
        return nil
    }

    mutating func change() {
        version &+= 1
    }

    /// Another write that waits for its turn.
    mutating func newTurn() -> WriteTurn {
        lastTurn += 1
        return WriteTurn(number: lastTurn)
    }

    /// Throws for a stream that outlived its scope.
    func checkScope() throws(AsyncTLSError) {
        if isEnded { throw AsyncTLSError(.scopeEnded, fault: .caller, "a stream is for use inside its scope") }
    }
}

/// One write among several.
struct WriteTurn: Hashable, Sendable {
    let number: UInt64
}
