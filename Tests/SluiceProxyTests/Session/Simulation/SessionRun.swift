import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// A session of a simulation as it runs, and what must be true of its end.
final class SessionRun {
    let plan: SessionPlan
    let rig: SessionRig
    private(set) var stepCount = 0

    /// When what was left open is answered.
    private var routesAt: Duration?
    private var connectsAt: Duration?
    private var judgesAt = PerSide<Duration?>(client: nil, upstream: nil)
    private var hasJudged = PerSide(client: 0, upstream: 0)
    private var resumesAt: Int?

    init(_ plan: SessionPlan, sabotage: SessionRig.Sabotage? = nil) throws {
        self.plan = plan
        rig = try SessionRig(plan.setup)
        rig.sabotage = sabotage
    }

    /// Takes a step. Returns false once the session is over and nothing is on its way.
    func step() throws(SessionFailure) -> Bool {
        stepCount += 1
        if let (step, interruption) = plan.interruption, step == stepCount { interrupt(interruption) }
        if resumesAt == stepCount { resume() }
        let isMoving = rig.step(before: answerTime()) || answer() || resumeEarly()
        if let complaint = rig.firstComplaint { throw failure(complaint) }
        guard isMoving else {
            try conclude()
            return false
        }
        guard stepCount < stepsMax else { throw failure("\(stepsMax) steps were taken: \(rig.commands)") }
        return true
    }

    private var stepsMax: Int {
        20_000 + 20 * (plan.setup.byteCounts.client + plan.setup.byteCounts.upstream)
    }

    // MARK: - In the middle

    private func interrupt(_ interruption: SessionPlan.Interruption) {
        switch interruption {
        case .loses(let side): if side == .client || rig.isConnected { rig.lose(side) }
        case .ends(let reason): rig.end(SessionEnd(reason))
        case .stops(let side, let steps):
            rig[side].isReading = false
            resumesAt = stepCount + steps
        case .isHeld(let side, let steps):
            rig.isReading[side] = false
            resumesAt = stepCount + steps
        }
    }

    private func resume() {
        resumesAt = nil
        for side in ProxySide.allCases {
            rig.isReading[side] = true
            rig[side].isReading = true
        }
    }

    /// Nothing else is left to happen before a peer reads again.
    private func resumeEarly() -> Bool {
        guard resumesAt != nil else { return false }
        resume()
        return true
    }

    // MARK: - Late answers

    /// When the next of them is due.
    private func answerTime() -> Duration? {
        let time = rig.now + plan.answerDelay
        if case .none = plan.setup.answer, rig.routed != nil, !rig.isRouteAnswered { routesAt = routesAt ?? time }
        if case .hangs = plan.setup.upstreamAnswer, rig.isConnecting, !rig.isConnected {
            connectsAt = connectsAt ?? time
        }
        for side in ProxySide.allCases where plan.setup.verdicts[side] == nil {
            let count = rig.judged.count { $0 == side }
            if count > hasJudged[side] { judgesAt[side] = judgesAt[side] ?? time }
        }
        return [routesAt, connectsAt, judgesAt.client, judgesAt.upstream].compactMap(\.self).min()
    }

    private func answer() -> Bool {
        guard let time = answerTime() else { return false }
        rig.advance(to: time)
        if let due = routesAt, due <= rig.now {
            routesAt = nil
            rig.resolve(plan.lateRoute)
        } else if let due = connectsAt, due <= rig.now {
            connectsAt = nil
            rig.connectLate()
        } else {
            for side in ProxySide.allCases {
                guard let due = judgesAt[side], due <= rig.now else { continue }
                judgesAt[side] = nil
                hasJudged[side] += 1
                rig.session.resolve(.accept, of: side)
                rig.obey()
            }
        }
        return true
    }

    // MARK: - The end

    private func conclude() throws(SessionFailure) {
        guard rig.isFinished, let end = rig.session.report.end else {
            throw failure("it stands still: \(rig.commands)")
        }
        let isLeft = ProxySide.allCases.contains {
            rig.wantsBytes(from: $0) || rig.transmittableByteCount(to: $0) > 0
        }
        if isLeft || rig.session.deadline != nil { throw failure("it is over and something is left to do") }
        guard isExplained(end) else { throw failure("nothing explains its end: \(end)") }
        if end == SessionEnd(.completed) { try checkCompletion() }
    }

    /// A session that has ended in order: each peer has everything, unless its own network is to blame.
    private func checkCompletion() throws(SessionFailure) {
        for side in ProxySide.allCases where rig.outbound[side].damage.fired.isEmpty && !isLost(side) {
            let peer = rig[side]
            if peer.seenEnd == .inOrder { continue }
            // A peer that has left, or has failed by itself, reads no more.
            if peer.isOutputOver, rig.inbound[side].damage.fired.contains(.earlyClose) { continue }
            if plan.setup.mode == .forward { continue }
            throw failure("the session is completed, and the \(side) has seen \(String(describing: peer.seenEnd))")
        }
    }

    private func isLost(_ side: ProxySide) -> Bool {
        if case .loses(side)? = plan.interruption?.1 { return true }
        return false
    }

    private func isExplained(_ end: SessionEnd) -> Bool {
        let faults = faults
        let isAsked = plan.interruption != nil || !plan.isWelcome
        switch end.reason {
        case .completed: return true
        case .notTLS: return !faults.isDisjoint(with: [.bitFlip, .loss, .duplication, .reordering])
        case .refused: return plan.isRefused
        case .handshakeFailed, .tlsFailed, .truncated: return !faults.isEmpty || isAsked
        case .connectionLost:
            return !faults.isDisjoint(with: [.truncation, .earlyClose]) || isLost(end.side ?? .client)
        case .connectFailed: return plan.isUnreachable
        case .handshakeTimeout, .idleTimeout, .totalTimeout: return !plan.isBrisk || !faults.isEmpty || isAsked
        case .overLimit, .shutDown: return plan.interruption?.1 == .ends(end.reason)
        case .internalError: return false
        }
    }

    /// What the networks did.
    var faults: Set<Fault> {
        ProxySide.allCases.reduce(into: []) {
            $0.formUnion(rig.inbound[$1].damage.fired)
            $0.formUnion(rig.outbound[$1].damage.fired)
        }
    }

    private func failure(_ words: String) -> SessionFailure {
        SessionFailure(seed: plan.setup.seed, words: "session \(plan.setup.number) (\(plan.setup.mode)): \(words)")
    }
}

extension SessionPlan {
    /// What the owner that thinks for long answers then.
    var lateRoute: SluiceProxy.ClientPlan? {
        var setup = setup
        setup.answer = .plan
        return setup.route(nil)
    }

    /// Whether the owner turns the client away.
    var isRefused: Bool {
        if case .instead(.refuse) = setup.answer { true } else { false }
    }

    /// Whether there is no upstream to be had.
    var isUnreachable: Bool {
        if case .fails = setup.upstreamAnswer { true } else { false }
    }

    /// Whether everybody who is asked for a certificate has one, and everybody is trusted.
    var isWelcome: Bool {
        ProxySide.allCases.allSatisfy { side in
            setup.contexts.isTrusting[side] && setup.contexts.asksForIdentity[side] == setup.contexts.hasIdentity[side]
                && setup.verdicts[side].map { $0 == .accept } ?? true
        }
    }

    /// Whether nothing takes long enough for a deadline.
    var isBrisk: Bool {
        let wires = [setup.inbound.client, setup.inbound.upstream, setup.outbound.client, setup.outbound.upstream]
        return wires.allSatisfy { $0 == .perfect } && answerDelay < .seconds(1) && setup.closings.client != .never
            && setup.closings != PerSide(client: .afterOther, upstream: .afterOther)
    }
}

/// Something that should have held in a simulation, with the line that shows it again.
struct SessionFailure: Error, CustomStringConvertible {
    let seed: UInt64
    let words: String

    var description: String {
        "\(words); again: SLUICE_SESSION_SEED=\(seed) swift test --filter SessionSimulationTests"
    }
}
