internal import Sluice

/// The owner of one end of a connection, which acts in turns: it pulls events, answers, reads, writes and closes as its
/// plan says, and holds the engine to its contract.
struct Owner {
    let end: End
    let plan: EndPlan

    /// Whether it closes as soon as it has written everything, or waits for the peer's close_notify.
    let closesUnasked: Bool

    /// What it presents to a server that asks.
    let identity: TLSIdentity?

    private let outgoing: Payload
    private let incoming: Payload
    private var generator: SplitMix64

    private(set) var writtenByteCount = 0
    private(set) var readByteCount = 0
    private var keyUpdates = 0
    private var lastTurn = Duration.zero
    private var answerAt: Duration?

    /// What a verb threw first.
    private(set) var failure: TLSError?

    /// The first session that a server gave.
    private(set) var session: TLSSession?

    /// Whether the handshake resumed a session.
    private(set) var isResumed = false

    /// Alters what was read, to see whether it is noticed.
    var sabotage: (@Sendable (_ offset: Int, _ bytes: [UInt8]) -> [UInt8])?

    init(_ end: End, of connection: Int, _ plan: EndPlan, closesUnasked: Bool, identity: TLSIdentity?, seed: UInt64) {
        self.end = end
        self.plan = plan
        self.closesUnasked = closesUnasked
        self.identity = identity
        outgoing = Payload(connection: connection, sender: end)
        incoming = Payload(connection: connection, sender: end.other)
        generator = SplitMix64(seed: seed)
    }

    /// When the owner wants its next turn, as the engine stands; nil while it has nothing to do.
    mutating func nextTurn(_ engine: borrowing TLSEngine, now: Duration) -> Duration? {
        if engine.needs == .decision {
            let time = answerAt ?? now + plan.answerDelay
            answerAt = time
            return max(now, time)
        }
        let isWanted =
            engine.readableByteCount > 0 || canWrite(engine) || wantsToClose(engine)
            || (engine.failure != nil && failure == nil)
        return isWanted ? max(now, lastTurn + plan.pace) : nil
    }

    /// What the owner does when it is its turn.
    mutating func takeTurn(_ engine: inout TLSEngine, now: Duration) throws(SimulationFailure) {
        lastTurn = now
        try pullEvents(&engine)
        if engine.needs == .decision { try answer(&engine) }
        try read(&engine)
        try write(&engine)
        try updateKeys(&engine)
        if plan.isHibernating, generator.chance(hibernationChance) { _ = engine.hibernate() }
        if wantsToClose(engine) { try attempt { () throws(TLSError) in try engine.close() } }
    }

    /// Pulls what the engine tells.
    mutating func pullEvents(_ engine: inout TLSEngine) throws(SimulationFailure) {
        var count = 0
        while let event = engine.nextEvent() {
            count += 1
            // One more tells of those that were dropped.
            guard count <= TLSLimits.eventsMax + 1 else {
                throw SimulationFailure(.memoryIsBounded, "the \(end) kept more than \(TLSLimits.eventsMax) events")
            }
            switch event {
            case .sessionReceived(let received): session = session ?? received
            case .handshakeCompleted(let summary): isResumed = summary.isResumed
            default: break
            }
        }
    }

    private mutating func answer(_ engine: inout TLSEngine) throws(SimulationFailure) {
        if let answerAt, lastTurn < answerAt { return }
        answerAt = nil
        guard let decision = engine.pendingDecision else {
            throw SimulationFailure(.needsAreTrue, "the \(end) needs a decision and there is none")
        }
        try attempt { [identity] () throws(TLSError) in
            switch decision {
            case .clientHello: try engine.resolve(ClientHelloAnswer.proceed)
            case .clientIdentity: try engine.resolve(identity.map { .present($0) } ?? ClientIdentityAnswer.presentNone)
            case .peerCertificate(let request):
                try engine.resolve(request.failure == nil ? PeerCertificateAnswer.accept : .reject(.badCertificate))
            }
        }
    }

    private mutating func read(_ engine: inout TLSEngine) throws(SimulationFailure) {
        let isPromised = engine.readableByteCount > 0
        let countMax = generator.number(in: 1...max(1, plan.readBytesMax))
        var bytes: [UInt8] = []
        try attempt { () throws(TLSError) in bytes = try engine.read(atMost: countMax) }
        if isPromised, bytes.isEmpty, failure == nil {
            throw SimulationFailure(.needsAreTrue, "the \(end) has plaintext to read and gives none")
        }
        if let sabotage { bytes = sabotage(readByteCount, bytes) }
        if let difference = incoming.difference(of: bytes, at: readByteCount) {
            throw SimulationFailure(.plaintextIsIntact, "the \(end) read something else: \(difference)")
        }
        readByteCount += bytes.count
    }

    private mutating func write(_ engine: inout TLSEngine) throws(SimulationFailure) {
        guard writtenByteCount < plan.byteCount, mayWrite(engine) else { return }
        let left = plan.byteCount - writtenByteCount
        let bytes = outgoing.bytes(
            from: writtenByteCount,
            count: min(left, generator.number(in: 1...max(1, plan.writeBytesMax)))
        )
        var taken = 0
        try attempt { () throws(TLSError) in taken = try engine.write(bytes) }
        writtenByteCount += taken
    }

    private mutating func updateKeys(_ engine: inout TLSEngine) throws(SimulationFailure) {
        let isDue =
            keyUpdates < plan.keyUpdateCount
            && writtenByteCount * (plan.keyUpdateCount + 1) >= plan.byteCount * (keyUpdates + 1)
        guard isDue, mayWrite(engine) else { return }
        keyUpdates += 1
        let isPeerAsked = generator.chance(0.5)
        try attempt { () throws(TLSError) in _ = try engine.updateKeys(requestingPeer: isPeerAsked) }
    }

    private func mayWrite(_ engine: borrowing TLSEngine) -> Bool {
        engine.state == .open || engine.state == .closedByPeer
    }

    private func canWrite(_ engine: borrowing TLSEngine) -> Bool {
        // While something waits to be drained, `write` may rather wait than make a small record.
        writtenByteCount < plan.byteCount && mayWrite(engine) && engine.writableByteCount > 0
            && engine.drainableByteCount == 0
    }

    private func wantsToClose(_ engine: borrowing TLSEngine) -> Bool {
        writtenByteCount == plan.byteCount && mayWrite(engine) && (closesUnasked || engine.isPeerClosed)
    }

    /// Calls a verb, and sees that it throws what was thrown before.
    private mutating func attempt(_ verb: () throws(TLSError) -> Void) throws(SimulationFailure) {
        do throws(TLSError) {
            try verb()
        } catch {
            return try note(error)
        }
        guard let failure else { return }
        throw SimulationFailure(.errorsAreSticky, "the \(end) threw \(failure), and then a verb went through")
    }

    /// What a verb threw, here or in the link's hands.
    mutating func note(_ error: TLSError) throws(SimulationFailure) {
        guard let failure else { return failure = error }
        if failure != error { throw SimulationFailure(.errorsAreSticky, "the \(end) threw \(failure), then \(error)") }
    }

    /// Calls each verb of a connection that has failed.
    mutating func probeFailure(of engine: inout TLSEngine) throws(SimulationFailure) {
        guard let error = engine.failure else { return }
        try note(error)
        try attempt { () throws(TLSError) in _ = try engine.feed([0]) }
        try attempt { () throws(TLSError) in _ = try engine.write([0]) }
        try attempt { () throws(TLSError) in _ = try engine.read(atMost: 1) }
        try attempt { () throws(TLSError) in try engine.close() }
        try attempt { () throws(TLSError) in try engine.feedEOF() }
        try attempt { () throws(TLSError) in _ = try engine.updateKeys(requestingPeer: true) }
    }
}

/// Often enough to meet every kind of moment, seldom enough to leave the rings alone for a while.
private let hibernationChance = 0.25
