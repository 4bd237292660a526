public import Sluice
public import SluiceReplay

/// An engine and a journal of it: the peer is the recorded one, whose bytes come again over a network with other pieces,
/// delays and faults.
///
/// The engine is made as the recorded one was, and its owner does what the recorded owner did, in the same order among the
/// peer's bytes. So without faults it must come to the same, however the bytes are cut; with them, what it reads is still a
/// prefix of what was recorded, as TLS lets nothing damaged through.
///
///     var link = try JournalLink(Journal(parsing: bytes), conditions: .serialLine, seed: 7)
///     try link.settle()
///     assert(link.ciphertextDifference == nil && link.state == .closed)
///
/// Offered bytes that the recorded engine didn't take aren't offered: there was no room then, and may be now.
public struct JournalLink: ~Copyable {
    /// How far the virtual clock is. The engine's own goes as in the journal.
    public private(set) var now = Duration.zero

    /// The offset of the first drained byte that isn't the recorded one; nil while there is none. Bytes beyond those that
    /// were recorded count too.
    public private(set) var ciphertextDifference: Int?

    /// What a verb threw first.
    public private(set) var failure: TLSError?

    private var engine: TLSEngine
    private let script: JournalScript
    private var nextItem = 0
    private var wire: Wire
    private var drainedByteCount = 0
    private var readByteCount = 0
    private let seed: UInt64

    /// An engine as a journal's was at its beginning, and its peer's bytes to come.
    ///
    /// - Parameters:
    ///   - journal: The recording.
    ///   - conditions: What the peer's bytes meet on their way. ``Fault/earlyClose`` has no effect.
    ///   - seed: Decides pieces, times and faults.
    /// - Throws: What making the engine throws.
    public init(_ journal: Journal, conditions: LinkConditions, seed: UInt64) throws(TLSError) {
        engine = try journal.header.beginning.makeEngine()
        script = JournalScript(journal)
        wire = Wire(conditions, seed: seed)
        self.seed = seed
    }

    /// Where the engine is in its life.
    public var state: TLSEngine.State { engine.state }

    /// The faults that have happened to the peer's bytes.
    public var faults: Set<Fault> { wire.damage.fired }

    /// Bytes of recorded plaintext that weren't read.
    public var missingPlaintextByteCount: Int { script.plaintext.count - readByteCount }

    /// Bytes of recorded ciphertext that weren't drained.
    public var missingCiphertextByteCount: Int { max(0, script.ciphertext.count - drainedByteCount) }

    /// Goes through the whole journal.
    ///
    /// - Parameter stepsMax: What is taken for a livelock; a step is a piece that arrives or a call.
    /// - Throws: ``Invariant/plaintextIsIntact`` for plaintext that isn't what was recorded, ``Invariant/needsAreTrue`` for an
    ///   engine that has room and takes nothing, ``Invariant/progressIsMade`` for too many steps.
    public mutating func settle(stepsMax: Int = 10_000_000) throws(SimulationFailure) {
        for _ in 0..<stepsMax {
            drain()
            if try deliver() { continue }
            guard nextItem < script.items.count else { return }
            try take(script.items[nextItem])
            nextItem += 1
        }
        throw failure(.progressIsMade, "\(stepsMax) steps were taken and there are more")
    }

    /// Lets the next piece arrive. Returns whether there was any.
    private mutating func deliver() throws(SimulationFailure) -> Bool {
        guard let time = wire.nextArrival(), let arrival = wire.next() else { return false }
        now = max(now, time)
        guard engine.isReceiving else {
            wire.discard()
            return true
        }
        guard case .bytes(let piece) = arrival else {
            wire.discard()
            attempt { engine throws(TLSError) in try engine.feedEOF() }
            return true
        }
        if engine.feedableByteCount == 0 { return try makeRoom() }
        var taken = 0
        attempt { engine throws(TLSError) in taken = try engine.feed(piece) }
        wire.take(taken)
        if taken == 0, engine.isReceiving { throw failure(.needsAreTrue, "the engine has room and takes nothing") }
        return true
    }

    /// The recorded owner read later than this: other pieces fill the ring in another way.
    private mutating func makeRoom() throws(SimulationFailure) -> Bool {
        guard engine.readableByteCount > 0 else { return false }
        try read(atMost: TLSLimits.recordPlaintextBytesMax)
        return true
    }

    private mutating func take(_ item: JournalScript.Item) throws(SimulationFailure) {
        switch item {
        case .inbound(let bytes): wire.send(bytes, at: now)
        case .end: wire.end(at: now)
        case .verb(.read(let countMax)): try read(atMost: min(countMax, TLSLimits.ringCapacityMax))
        case .verb(.write(let bytes, _)): write(bytes)
        // After a fault the engine may ask something else, or nothing.
        case .verb(.resolve(let answer)): if answer.fits(engine.pendingDecision) { apply(.resolve(answer)) }
        case .verb(let verb): apply(verb)
        }
    }

    private mutating func apply(_ verb: TLSCall.Verb) {
        let call = verb.apply(to: &engine)
        failure = failure ?? call.failure
    }

    private mutating func write(_ bytes: [UInt8]) {
        var left = bytes[...]
        while !left.isEmpty {
            var taken = 0
            attempt { engine throws(TLSError) in taken = try engine.write(Array(left)) }
            drain()
            guard taken > 0 else { return }
            left = left.dropFirst(taken)
        }
    }

    private mutating func read(atMost countMax: Int) throws(SimulationFailure) {
        var bytes: [UInt8] = []
        attempt { engine throws(TLSError) in bytes = try engine.read(atMost: countMax) }
        let expected = script.plaintext.dropFirst(readByteCount).prefix(bytes.count)
        guard expected.elementsEqual(bytes) else {
            throw failure(.plaintextIsIntact, "what was read from byte \(readByteCount) on isn't what was recorded")
        }
        readByteCount += bytes.count
    }

    private mutating func drain() {
        let bytes = engine.drain()
        let expected = script.ciphertext.dropFirst(drainedByteCount).prefix(bytes.count)
        if ciphertextDifference == nil, !expected.elementsEqual(bytes) {
            ciphertextDifference = drainedByteCount + zip(expected, bytes).prefix { $0 == $1 }.count
        }
        drainedByteCount += bytes.count
    }

    private mutating func attempt(_ verb: (inout TLSEngine) throws(TLSError) -> Void) {
        do throws(TLSError) { try verb(&engine) } catch { failure = failure ?? error }
    }

    private func failure(_ invariant: Invariant, _ words: String) -> SimulationFailure {
        var failure = SimulationFailure(invariant, words)
        failure.seed = seed
        failure.time = now
        return failure
    }
}
