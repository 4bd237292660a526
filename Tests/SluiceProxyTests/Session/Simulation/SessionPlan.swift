import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// One session of a simulation, to the last number: what it is, what its networks do, and what its owner and peers do in
/// the middle of it. All by a seed.
struct SessionPlan {
    var setup: RigSetup

    /// What happens after so many steps, if anything.
    var interruption: (step: Int, Interruption)?

    /// How long an owner thinks before it answers what it left open.
    var answerDelay = Duration.zero

    /// What the session is out of luck with.
    enum Interruption: Hashable {
        /// A side's connection breaks.
        case loses(ProxySide)
        /// The owner ends it.
        case ends(SessionEnd.Reason)
        /// A side's peer takes nothing for so many steps.
        case stops(ProxySide, steps: Int)
        /// The owner reads nothing of a side for so many steps.
        case isHeld(ProxySide, steps: Int)
    }

    /// A session of any kind.
    init(seed: UInt64, number: Int) {
        var generator = SplitMix64(seed: SplitMix64.seed(seed, path: UInt64(number)))
        setup = RigSetup(generator.element(of: SessionMode.allCases))
        setup.seed = seed
        setup.number = number
        setup.isKept = true
        draw(contexts: &generator)
        draw(peers: &generator)
        draw(network: &generator)
        draw(owner: &generator)
    }

    private mutating func draw(contexts generator: inout SplitMix64) {
        setup.contexts.ringCapacity = generator.element(of: [1024, 1279, 4099, 17 * 1024, 17 * 1024])
        setup.contexts.holdsTickets = generator.chance(0.25)
        setup.contexts.identities.client = generator.element(of: [.p256, .p256, .p256, .ed25519])
        for side in ProxySide.allCases {
            setup.contexts.versions[side] = generator.element(of: [nil, .tls12, .tls13])
            setup.contexts.asksForIdentity[side] = generator.chance(0.3)
            setup.contexts.hasIdentity[side] = setup.contexts.asksForIdentity[side] && generator.chance(0.9)
            // A server is asked about certificates only where it asks for them.
            setup.contexts.judges[side] =
                generator.chance(0.4) && (side == .upstream || setup.contexts.asksForIdentity.client)
            setup.contexts.isTrusting[side] = !generator.chance(0.03)
        }
    }

    private mutating func draw(peers generator: inout SplitMix64) {
        for side in ProxySide.allCases {
            setup.byteCounts[side] = generator.number(in: 0...((1 << generator.number(in: 0...17)) - 1))
            setup.writeBytesMax[side] = max(setup.byteCounts[side] / 64, generator.number(in: 1...32_768))
            setup.closings[side] = generator.element(of: [.whenSent, .whenSent, .afterOther])
        }
        if generator.chance(0.05) { setup.closings.client = .never }
    }

    private mutating func draw(network generator: inout SplitMix64) {
        let profile = generator.element(of: [
            FaultProfile.none, .slow, .hostile, .hostile, .truncation, .damage, .impatience,
        ])
        for side in ProxySide.allCases {
            setup.inbound[side] = conditions(profile, side, using: &generator)
            setup.outbound[side] = conditions(profile, side, using: &generator)
        }
    }

    /// What a wire meets. One without TLS has no way to notice what TCP would keep from it.
    private func conditions(
        _ profile: FaultProfile,
        _ side: ProxySide,
        using generator: inout SplitMix64
    ) -> LinkConditions {
        var conditions = profile.conditions(using: &generator)
        // Bytes one by one take long where there are many.
        if setup.byteCounts.client + setup.byteCounts.upstream > 2000, conditions.cut == .oneByte {
            conditions.cut = .random
        }
        guard !setup.mode.hasTLS(side) else { return conditions }
        for fault in Fault.allCases where fault != .earlyClose { conditions[fault] = 0 }
        return conditions
    }

    private mutating func draw(owner generator: inout SplitMix64) {
        setup.timeouts.idle = generator.element(of: [nil, .seconds(5), .seconds(300)])
        // Something has to end a session that stands still.
        let isEndless = setup.timeouts.idle == nil
        setup.timeouts.total = isEndless || generator.chance(0.3) ? .seconds(generator.number(in: 20...600)) : nil
        setup.timeouts.hibernation = .milliseconds(generator.number(in: 100...8000))
        answerDelay = generator.duration(upTo: .seconds(generator.element(of: [1, 1, 1, 20])))
        if generator.chance(0.2) { setup.answer = .none }
        if generator.chance(0.02) { setup.answer = .instead(.refuse(.unrecognizedName)) }
        if generator.chance(0.3) { setup.upstreamAnswer = .hangs }
        if generator.chance(0.05) { setup.upstreamAnswer = .fails }
        for side in ProxySide.allCases {
            setup.verdicts[side] = generator.element(of: [.accept, .accept, .accept, nil, nil, .reject(.unknownCA)])
        }
        guard generator.chance(0.3) else { return }
        let side = generator.element(of: ProxySide.allCases)
        let steps = generator.number(in: 1...200)
        let reason = generator.element(of: [SessionEnd.Reason.shutDown, .overLimit])
        let kinds = [Interruption.loses(side), .ends(reason), .stops(side, steps: steps), .isHeld(side, steps: steps)]
        interruption = (
            generator.number(in: 0...((1 << generator.number(in: 1...8)) - 1)), generator.element(of: kinds)
        )
    }
}
