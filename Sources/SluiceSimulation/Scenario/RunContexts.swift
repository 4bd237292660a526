internal import Sluice

/// The contexts of a run: one for the server, and one for each kind of client, made when it is first needed.
struct RunContexts {
    private let seed: UInt64
    private let serverPlan: ServerPlan
    private let server: TLSContext
    private var clients: [ClientPlan: TLSContext] = [:]

    init(_ script: SimulationScript) throws(TLSError) {
        seed = script.seed
        serverPlan = script.server
        server = try TLSContext(script.server.configuration(), seed: Self.secret(script.seed, "server"))
    }

    private static func secret(_ seed: UInt64, _ purpose: String) -> RandomSeed {
        RandomSeed(dangerouslyPredictable: seed).derived(for: purpose)
    }

    /// The two engines of a connection, at a time, whose randomness is theirs alone.
    mutating func link(
        _ plan: ConnectionPlan,
        resuming session: TLSSession?,
        at time: UnixTime,
        recorders: PerEnd<(any TLSRecorder)?>
    ) throws(TLSError) -> SimulatedLink {
        let client = try clientContext(plan.clientContext)
        let secrets = PerEnd { Self.secret(seed, "\($0) of connection \(plan.number)") }
        return SimulatedLink(
            try TLSEngine(client, resuming: session, seed: secrets.client, time: time, recorder: recorders.client),
            try TLSEngine(server, seed: secrets.server, time: time, recorder: recorders.server),
            conditions: plan.conditions,
            seed: SplitMix64.seed(seed, path: UInt64(plan.number), 3),
            epoch: time
        )
    }

    private mutating func clientContext(_ plan: ClientPlan) throws(TLSError) -> TLSContext {
        if let context = clients[plan] { return context }
        let context = try TLSContext(plan.configuration(for: serverPlan), seed: Self.secret(seed, "clients"))
        clients[plan] = context
        return context
    }
}
