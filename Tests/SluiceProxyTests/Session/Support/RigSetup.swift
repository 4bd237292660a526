import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// What a session under test is, and what surrounds it.
struct RigSetup {
    var mode: SessionMode
    var contexts = RigContexts()

    /// Decides randomness, pieces and faults.
    var seed: UInt64 = 1

    /// Its number, which its payloads bear.
    var number = 1

    /// What the client begins with, if not what the mode says.
    var entrance: ProxySession.Entrance?

    var timeouts = SessionTimeouts()

    /// What each peer sends.
    var byteCounts = PerSide(client: 0, upstream: 0)
    var writeBytesMax = PerSide(client: 16 * 1024, upstream: 16 * 1024)
    var closings = PerSide(client: RigPeer.Closing.whenSent, upstream: .whenSent)

    /// Which peers are stand-ins without TLS or anything to say.
    var isRaw = PerSide(client: false, upstream: false)

    /// What what is sent from and to each peer meets.
    var inbound = PerSide(client: LinkConditions.perfect, upstream: .perfect)
    var outbound = PerSide(client: LinkConditions.perfect, upstream: .perfect)

    /// What the owner answers; nil: nothing yet.
    var answer = Answer.plan
    var verdicts = PerSide<PeerCertificateAnswer?>(client: .accept, upstream: .accept)
    var upstreamAnswer = UpstreamAnswer.connects

    /// What is resumed with an upstream, and by the client.
    var sessions = PerSide<TLSSession?>(client: nil, upstream: nil)

    /// Who is told what the session's engines do.
    var recorder: (any TLSRecorder)?

    /// Whether all bytes are kept for a look.
    var isKept = false

    enum Answer {
        /// What the mode says.
        case plan
        /// This instead.
        case instead(SluiceProxy.ClientPlan)
        /// None.
        case none
    }

    enum UpstreamAnswer {
        case connects, fails, hangs
    }

    init(_ mode: SessionMode, _ change: (inout RigSetup) -> Void = { _ in }) {
        self.mode = mode
        change(&self)
    }

    /// Cuts all bytes in this way.
    mutating func cut(_ cut: Cut) {
        for side in ProxySide.allCases {
            inbound[side].cut = cut
            outbound[side].cut = cut
        }
    }

    /// The most that the session keeps besides what its engines keep.
    var queueBytesMax: Int {
        max(SessionLimits.plaintextQueueBytes, SessionLimits.clientHelloBytesDefault)
    }

    // MARK: - What the session's owner answers

    func route(_ hello: ClientHello?) -> SluiceProxy.ClientPlan? {
        switch answer {
        case .none: return nil
        case .instead(let plan): return plan
        case .plan: break
        }
        guard mode.endsTLS(.client) else { return .forward }
        do {
            let context = try contexts.server(.client)
            return .terminate(Termination(context, repetition: recorded(repetition("session's server"))))
        } catch {
            fatalError("a context of the test can't be made: \(error)")
        }
    }

    var upstreamPlan: UpstreamPlan {
        guard mode.endsTLS(.upstream) else { return .plaintext }
        do {
            let context = try contexts.client(.upstream)
            let repetition = recorded(repetition("session's client"))
            return .originate(Origination(context, resuming: sessions.upstream, repetition: repetition))
        } catch {
            fatalError("a context of the test can't be made: \(error)")
        }
    }

    // MARK: - Peers and wires

    func clientEngine() throws -> TLSEngine? {
        guard mode.hasTLS(.client), !isRaw.client else { return nil }
        let seed = repetition("client").seed
        return try TLSEngine(
            contexts.client(.client),
            resuming: sessions.client,
            seed: seed,
            time: .simulationEpoch
        )
    }

    func upstreamEngine() throws -> TLSEngine? {
        guard mode.hasTLS(.upstream), !isRaw.upstream else { return nil }
        let side = mode == .forward ? ProxySide.client : .upstream
        return try TLSEngine(contexts.server(side), seed: repetition("upstream").seed, time: .simulationEpoch)
    }

    private func repetition(_ purpose: String) -> EngineRepetition {
        let secret = RandomSeed(dangerouslyPredictable: seed).derived(for: "\(purpose) of session \(number)")
        return EngineRepetition(seed: secret, time: .simulationEpoch)
    }

    private func recorded(_ repetition: EngineRepetition) -> EngineRepetition {
        var repetition = repetition
        repetition.recorder = recorder
        return repetition
    }

    func wires(_ first: UInt64) -> PerSide<Wire> {
        let conditions = first == 1 ? inbound : outbound
        let seed = SplitMix64.seed(seed, path: UInt64(number))
        return PerSide(
            client: Wire(conditions.client, seed: SplitMix64.seed(seed, path: first)),
            upstream: Wire(conditions.upstream, seed: SplitMix64.seed(seed, path: first + 1))
        )
    }
}
