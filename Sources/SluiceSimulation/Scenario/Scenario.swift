/// A kind of run: how many connections, how much they carry, and what the network does. A seed makes a script of it.
public struct Scenario: Hashable, Sendable {
    /// Connections in a run.
    public var connectionCount = 100

    /// What the network does.
    public var faults = FaultProfile.hostile

    /// The most bytes that an end writes; 16 MiB at most. Most write much less.
    public var byteCountMax = 64 * 1024

    /// A hundred connections over hostile networks.
    public init() {}

    /// The run that a seed makes of the scenario: TLS 1.2 and 1.3, new and resumed, with and without client
    /// certificates, application protocols, decisions and small rings, mixed.
    public func script(seed: UInt64) -> SimulationScript {
        var script = SimulationScript(seed: seed, connections: [])
        for number in 0..<max(0, connectionCount) {
            var plan = plan(number, seed: seed)
            // Another kind of client would seldom be resumed.
            if let other = plan.resumedConnection { plan.clientContext = script.connections[other].clientContext }
            script.connections.append(plan)
        }
        var generator = SplitMix64(seed: SplitMix64.seed(seed, path: 6))
        script.server.identity = generator.element(of: [.p256, .p256, .ed25519, .rsa2048])
        script.server.ringCapacity = generator.element(of: ringCapacities)
        script.server.ticketCount = generator.number(in: 1...4)
        script.server.holdsTickets = generator.chance(0.25)
        script.server.asksForIdentity = generator.chance(0.5)
        script.server.hasDecisions = generator.chance(0.5)
        return script
    }

    private func plan(_ number: Int, seed: UInt64) -> ConnectionPlan {
        var generator = SplitMix64(seed: SplitMix64.seed(seed, path: UInt64(number), 7))
        var plan = ConnectionPlan(number: number)
        plan.start = .milliseconds(number * 10) + generator.duration(upTo: .milliseconds(100))
        plan.clientContext = clientContext(using: &generator)
        if number > 0, generator.chance(0.4) {
            plan.resumedConnection = generator.number(in: max(0, number - recentConnections)...(number - 1))
        }
        plan.conditions.client = faults.conditions(using: &generator)
        plan.conditions.server = faults.conditions(using: &generator)
        plan.ends.client = end(using: &generator)
        plan.ends.server = end(using: &generator)
        for end in End.allCases {
            // Tiny pieces of large plaintext are nothing but slow.
            let pieceBytes = plan.ends[end].byteCount / piecesAimed
            plan.ends[end].writeBytesMax = max(plan.ends[end].writeBytesMax, pieceBytes)
            plan.ends[end.other].readBytesMax = max(plan.ends[end.other].readBytesMax, pieceBytes)
        }
        plan.firstToClose = generator.element(of: [nil, .client, .server])
        return plan
    }

    /// Few kinds, so that many connections share each context.
    private func clientContext(using generator: inout SplitMix64) -> ClientPlan {
        var plan = ClientPlan()
        plan.isTLS12 = generator.chance(0.4)
        plan.ringCapacity = generator.element(of: ringCapacities)
        plan.hasIdentity = generator.chance(0.3)
        plan.offersProtocols = plan.hasIdentity
        plan.hasDecisions = generator.chance(0.2)
        return plan
    }

    private func end(using generator: inout SplitMix64) -> EndPlan {
        var plan = EndPlan()
        plan.byteCount = sized(upTo: min(max(0, byteCountMax), byteCountLimit), using: &generator)
        plan.writeBytesMax = sized(upTo: 32 * 1024, using: &generator) + 1
        plan.readBytesMax = sized(upTo: 32 * 1024, using: &generator) + 1
        if generator.chance(0.3) { plan.pace = generator.duration(upTo: .milliseconds(50)) }
        plan.keyUpdateCount = generator.chance(0.2) ? generator.number(in: 1...3) : 0
        plan.isHibernating = generator.chance(0.2)
        plan.answerDelay = generator.chance(0.5) ? generator.duration(upTo: .seconds(2)) : .zero
        return plan
    }

    /// A number under a power of two that is drawn first, so that small ones are as common as large ones.
    private func sized(upTo countMax: Int, using generator: inout SplitMix64) -> Int {
        let bitsMax = Int.bitWidth - max(1, countMax).leadingZeroBitCount
        return min(countMax, generator.number(in: 0...((1 << generator.number(in: 0...bitsMax)) - 1)))
    }
}

/// A typing error shall not take days.
private let byteCountLimit = 16 * 1024 * 1024

/// The smallest ring, odd ones, and the default.
private let ringCapacities = [1024, 1279, 4099, 17 * 1024, 17 * 1024]

/// How far back a client looks for a session.
private let recentConnections = 20

/// About how many pieces are enough to see what pieces do.
private let piecesAimed = 64
