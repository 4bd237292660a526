import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// What a seed makes: two sessions that take turns, and a third that resumes what the first one's peers were given.
struct SessionSimulation {
    let seed: UInt64

    /// Alters what sessions transmit, to see whether it is noticed.
    var sabotage: SessionRig.Sabotage?

    /// What came of it.
    struct Outcome: Hashable {
        var ends: [SessionEnd] = []
        var stepCount = 0
        var resumedCount = 0
        var receivedByteCount = 0
        /// Everything that was transmitted, and when it was over.
        var digest: [UInt8] = []
    }

    init(seed: UInt64) {
        self.seed = seed
    }

    func run() throws -> Outcome {
        var generator = SplitMix64(seed: SplitMix64.seed(seed, path: 0))
        var outcome = Outcome()
        let first = try SessionRun(SessionPlan(seed: seed, number: 1), sabotage: sabotage)
        let second = try SessionRun(SessionPlan(seed: seed, number: 2), sabotage: sabotage)
        var isFirstMoving = true
        var isSecondMoving = true
        while isFirstMoving || isSecondMoving {
            if generator.chance(0.5) {
                if isFirstMoving { isFirstMoving = try first.step() }
            } else {
                if isSecondMoving { isSecondMoving = try second.step() }
            }
        }
        outcome.count(first)
        outcome.count(second)
        if generator.chance(0.5) {
            let third = try SessionRun(resuming(first), sabotage: sabotage)
            while try third.step() {}
            outcome.count(third)
        }
        return outcome
    }

    /// A session of the same kind over another network, whose clients resume what they can.
    private func resuming(_ first: SessionRun) -> SessionPlan {
        var plan = SessionPlan(seed: seed, number: 3)
        plan.setup.mode = first.plan.setup.mode
        plan.setup.contexts = first.plan.setup.contexts
        for side in ProxySide.allCases where !plan.setup.mode.hasTLS(side) {
            for fault in Fault.allCases where fault != .earlyClose {
                plan.setup.inbound[side][fault] = 0
                plan.setup.outbound[side][fault] = 0
            }
        }
        plan.setup.sessions.client = first.rig.client.session
        for case .sessionReceived(let session) in first.rig.observed.upstream { plan.setup.sessions.upstream = session }
        return plan
    }
}

extension SessionSimulation.Outcome {
    fileprivate mutating func count(_ run: SessionRun) {
        let report = run.rig.session.report
        if let end = report.end { ends.append(end) }
        stepCount += run.stepCount
        for summary in [report.client, report.upstream, run.rig.client.summary] where summary?.isResumed == true {
            resumedCount += 1
        }
        for side in ProxySide.allCases {
            receivedByteCount += run.rig[side].receivedByteCount
            digest = Sluice.digest(of: digest + run.rig.transmitted[side])
        }
        digest = Sluice.digest(of: digest + Array("\(run.rig.now) \(run.rig.commands)".utf8))
    }
}
