public import Sluice

/// A script as it runs: its connections are opened against one server, take their steps interleaved, and are checked
/// after each.
///
/// It takes as many steps as it is asked to, so that its owner can show how far it is, or stop.
public struct SimulationRun: ~Copyable {
    /// What has ended so far.
    public private(set) var report = SimulationReport()

    /// The script's connections that haven't ended.
    public var remainingCount: Int { script.connections.count - report.connectionCount }

    private let script: SimulationScript
    private let interleaving: Interleaving
    private let sabotage: Sabotage
    private let recorders: (Int) -> PerEnd<(any TLSRecorder)?>
    private var contexts: RunContexts
    private var generator: SplitMix64

    /// The connections under way, by number, and when the next step of each is due.
    private var connections: [Int: ConnectionRun] = [:]
    private var queue = EventQueue<Duration>()

    /// How many of the script's connections had their turn to be opened, and those among them that wait for the one that
    /// they resume, or waited.
    private var consideredCount = 0
    private var waiting: [Int: [ConnectionPlan]] = [:]
    private var ready: [ConnectionPlan] = []

    /// Connections that haven't ended, of those that had their turn.
    private var unended: Set<Int> = []

    /// Those that have ended: when, and what the client may resume. Kept where a later one wants it.
    private var ended: [Int: Ending] = [:]
    private let resumable: Set<Int>

    private struct Ending {
        let time: Duration
        let session: TLSSession?
    }

    /// A run of a script.
    ///
    /// - Parameters:
    ///   - script: What to run.
    ///   - interleaving: In which order connections take their steps.
    ///   - recorders: Gives the recorders of both engines of a connection, by its number.
    /// - Throws: ``Invariant/progressIsMade`` if the script's values make no context.
    public init(
        _ script: SimulationScript,
        interleaving: Interleaving = .byTime,
        recorders: @escaping (Int) -> PerEnd<(any TLSRecorder)?> = { _ in PerEnd(client: nil, server: nil) }
    ) throws(SimulationFailure) {
        try self.init(script, interleaving: interleaving, recorders: recorders, sabotage: Sabotage())
    }

    package init(
        _ script: SimulationScript,
        interleaving: Interleaving = .byTime,
        recorders: @escaping (Int) -> PerEnd<(any TLSRecorder)?> = { _ in PerEnd(client: nil, server: nil) },
        sabotage: Sabotage
    ) throws(SimulationFailure) {
        self.recorders = recorders
        self.script = script
        self.interleaving = interleaving
        self.sabotage = sabotage
        generator = SplitMix64(seed: script.seed)
        resumable = Set(script.connections.compactMap(\.resumedConnection))
        do throws(TLSError) {
            contexts = try RunContexts(script)
        } catch {
            var failure = SimulationFailure(.progressIsMade, "the server can't be made: \(error)")
            failure.seed = script.seed
            throw failure
        }
    }

    /// Takes steps until the run has ended, or so many were taken.
    ///
    /// - Returns: Whether the run goes on.
    /// - Throws: The first invariant that doesn't hold. The run is over then.
    public mutating func advance(stepsMax: Int = .max) throws(SimulationFailure) -> Bool {
        do throws(SimulationFailure) {
            return try takeSteps(stepsMax)
        } catch {
            var failure = error
            failure.seed = script.seed
            throw failure
        }
    }

    private mutating func takeSteps(_ stepsMax: Int) throws(SimulationFailure) -> Bool {
        for _ in 0..<stepsMax {
            try openConnections()
            guard let number = queue.removeFirst(), let connection = connections[number] else {
                if report.runCount == 0 { report.endRun() }
                return false
            }
            try connection.step()
            if connection.outcome == nil {
                schedule(connection)
            } else {
                try close(connection)
            }
        }
        return true
    }

    private mutating func openConnections() throws(SimulationFailure) {
        let atOnceMax = interleaving == .oneByOne ? 1 : connectionsAtOnceMax
        while connections.count < atOnceMax, let plan = nextToOpen() { try open(plan) }
    }

    private mutating func nextToOpen() -> ConnectionPlan? {
        if let plan = ready.popLast() { return plan }
        while consideredCount < script.connections.count {
            let plan = script.connections[consideredCount]
            consideredCount += 1
            unended.insert(plan.number)
            guard let other = plan.resumedConnection, unended.contains(other), other != plan.number else { return plan }
            waiting[other, default: []].append(plan)
        }
        return nil
    }

    private mutating func open(_ plan: ConnectionPlan) throws(SimulationFailure) {
        let earlier = plan.resumedConnection.flatMap { ended[$0] }
        let start = max(plan.start, earlier?.time ?? .zero)
        do throws(TLSError) {
            var link = try contexts.link(
                plan,
                resuming: earlier?.session,
                at: UnixTime.simulationEpoch.adding(start),
                recorders: recorders(plan.number)
            )
            if let ciphertext = sabotage.ciphertext {
                link.sabotage = { ciphertext(plan.number, $0, $1, $2) }
            }
            let connection = try ConnectionRun(plan, server: script.server, start: start, link: link, seed: script.seed)
            if let plaintext = sabotage.plaintext {
                for end in End.allCases { connection.owners[end].sabotage = { plaintext(plan.number, end, $0, $1) } }
            }
            connections[plan.number] = connection
            schedule(connection)
        } catch {
            var failure = SimulationFailure(.progressIsMade, "a connection can't be made: \(error)")
            failure.connection = plan.number
            throw failure
        }
    }

    private mutating func schedule(_ connection: ConnectionRun) {
        let time =
            switch interleaving {
            case .byTime: connection.start + (connection.nextTime() ?? connection.now)
            case .oneByOne: Duration.zero
            case .shuffled: generator.duration(upTo: .seconds(1))
            }
        queue.insert(connection.plan.number, at: time)
    }

    private mutating func close(_ connection: ConnectionRun) throws(SimulationFailure) {
        let number = connection.plan.number
        connections[number] = nil
        unended.remove(number)
        report.count(connection)
        if resumable.contains(number) {
            // Time that the ticket's age is counted from is over by then.
            let time = connection.start + connection.now + .seconds(1)
            // A TLS 1.2 session that was resumed stays as it is.
            let session =
                connection.owners.client.session ?? connection.plan.resumedConnection.flatMap { ended[$0]?.session }
            ended[number] = Ending(time: time, session: session)
        }
        ready += waiting.removeValue(forKey: number) ?? []
    }
}

extension SimulationScript {
    /// What a run of this script throws, if it does.
    package func failure(with sabotage: Sabotage) -> SimulationFailure? {
        do throws(SimulationFailure) {
            var run = try SimulationRun(self, sabotage: sabotage)
            while try run.advance() {}
            return nil
        } catch {
            return error
        }
    }
}

/// Connections under way at the same time: some 100 MB of engines.
private let connectionsAtOnceMax = 1000
