internal import Sluice

/// A connection of a script as it runs: the link, the two owners, and what must hold after each step.
final class ConnectionRun {
    let plan: ConnectionPlan

    /// When it began, counted from the run's start.
    let start: Duration

    var link: SimulatedLink
    var owners: PerEnd<Owner>

    /// Steps taken.
    private(set) var stepCount = 0

    /// How it ended, once it has.
    private(set) var outcome: ConnectionOutcome?

    private let ringCapacities: PerEnd<Int>
    private var hasGivenUp = false
    private var lastToTurn = End.server

    init(_ plan: ConnectionPlan, server: ServerPlan, start: Duration, link: consuming SimulatedLink, seed: UInt64)
        throws(TLSError)
    {
        self.plan = plan
        self.start = start
        self.link = link
        let identity = plan.clientContext.hasIdentity ? try SimulatedIdentity.client.identity() : nil
        owners = PerEnd { end in
            Owner(
                end,
                of: plan.number,
                plan.ends[end],
                closesUnasked: (plan.firstToClose ?? end) == end,
                identity: end == .client ? identity : nil,
                seed: SplitMix64.seed(seed, path: UInt64(plan.number), end == .client ? 4 : 5)
            )
        }
        ringCapacities = PerEnd(client: plan.clientContext.ringCapacity, server: server.ringCapacity)
        self.link.collect()
    }

    /// How long the connection has lasted.
    var now: Duration { link.now }

    /// When the next step is due; nil where nothing is.
    func nextTime() -> Duration? {
        let arrival = link.nextArrival()?.time
        return ([arrival].compactMap(\.self) + End.allCases.compactMap { turnTime(of: $0) }).min().map { max($0, now) }
    }

    private func turnTime(of end: End) -> Duration? {
        owners[end].nextTurn(link[end], now: now)
    }

    /// Takes the next step: a piece arrives, or an owner has a turn. Without either the connection ends.
    func step() throws(SimulationFailure) {
        do throws(SimulationFailure) {
            try takeStep()
            for end in End.allCases { try check(end) }
        } catch {
            throw located(error)
        }
    }

    private func takeStep() throws(SimulationFailure) {
        stepCount += 1
        guard stepCount <= plan.stepsMax else {
            throw SimulationFailure(.progressIsMade, "\(plan.stepsMax) steps were taken: \(standing)")
        }
        let arrival = link.nextArrival()
        let turn = nextTurn()
        if let arrival, arrival.time <= turn?.time ?? arrival.time {
            _ = try link.step()
            return try noteFailures()
        }
        guard let turn else { return try end() }
        link.advance(to: turn.time)
        lastToTurn = turn.end
        try owners[turn.end].takeTurn(&link[turn.end], now: now)
        link.collect()
    }

    /// Whose turn is next, and when. Where both want it at the same time they take turns at it.
    private func nextTurn() -> (end: End, time: Duration)? {
        [lastToTurn.other, lastToTurn].compactMap { end in turnTime(of: end).map { (end, $0) } }.min { $0.1 < $1.1 }
    }

    private func noteFailures() throws(SimulationFailure) {
        for end in End.allCases {
            if let failure = link.failures[end] { try owners[end].note(failure) }
        }
    }

    /// Nothing is due any more: the connection is over, or stands still.
    private func end() throws(SimulationFailure) {
        if End.allCases.allSatisfy({ link[$0].isOver }) || hasGivenUp { return try conclude() }
        guard faults.contains(where: \.isDamage) else {
            throw SimulationFailure(.progressIsMade, "the connection stands still: \(standing)")
        }
        // What a timeout of the owners' would do.
        hasGivenUp = true
        for end in End.allCases where link[end].isReceiving { link.endInput(of: end) }
        link.collect()
        try noteFailures()
    }

    private func conclude() throws(SimulationFailure) {
        for end in End.allCases {
            try owners[end].pullEvents(&link[end])
            try owners[end].probeFailure(of: &link[end])
        }
        let outcome = ConnectionOutcome(client: outcome(of: .client), server: outcome(of: .server))
        for (end, result) in [(End.client, outcome.client), (.server, outcome.server)]
        where !result.isExplained(by: faults) {
            let failure = link[end].failure.map(\.description) ?? standing
            throw SimulationFailure(.endIsExplained, "the \(end) ended by \(failure); faults: \(faultNames)")
        }
        self.outcome = outcome
    }

    private func outcome(of end: End) -> EndOutcome {
        switch link[end].state {
        case .closed: .clean
        case .failed(let error): .failed(error.code)
        case .handshaking, .open, .closedByLocal, .closedByPeer: .abandoned
        }
    }

    /// What the network did to the connection so far.
    private var faults: Set<Fault> {
        link.faults(to: .client).union(link.faults(to: .server))
    }

    private var faultNames: String {
        faults.isEmpty ? "none" : faults.map(\.description).sorted().joined(separator: ", ")
    }

    private func located(_ failure: SimulationFailure) -> SimulationFailure {
        var failure = failure
        failure.connection = plan.number
        failure.time = now
        return failure
    }

    /// Where both ends stand, in words.
    private var standing: String {
        End.allCases.map { end in "the \(end) is \(link[end].state) and needs \(link[end].needs)" }
            .joined(separator: ", ")
    }
}

// What must hold after each step.
extension ConnectionRun {
    private func check(_ end: End) throws(SimulationFailure) {
        try checkMemory(end)
        try checkCounters(end)
        try checkNeeds(end)
        try checkCompleteness(end)
    }

    private func checkMemory(_ end: End) throws(SimulationFailure) {
        let (drainable, feedable) = (link[end].drainableByteCount, link[end].feedableByteCount)
        guard drainable > ringCapacities[end] || feedable > ringCapacities[end] else { return }
        let words = "\(drainable) to be drained and room for \(feedable) in rings of \(ringCapacities[end])"
        throw SimulationFailure(.memoryIsBounded, "the \(end) has \(words)")
    }

    private func checkCounters(_ end: End) throws(SimulationFailure) {
        let counters = link[end].counters
        let owner = owners[end]
        // A feed that throws has taken some of its bytes.
        let isFedRight =
            link[end].failure == nil
            ? counters.ciphertextBytesReceived == link.fedByteCounts[end]
            : counters.ciphertextBytesReceived >= link.fedByteCounts[end]
        guard
            counters.ciphertextBytesSent == link.drainedByteCounts[end], isFedRight,
            counters.plaintextBytesSent == UInt64(owner.writtenByteCount),
            counters.plaintextBytesReceived == UInt64(owner.readByteCount)
        else { throw SimulationFailure(.countersAgree, "the \(end) counted \(counters)") }
    }

    private func checkNeeds(_ end: End) throws(SimulationFailure) {
        let isTrue =
            switch link[end].needs {
            case .drain: link[end].drainableByteCount > 0
            case .read: link[end].readableByteCount > 0
            case .decision: link[end].pendingDecision != nil
            case .ciphertext(let count): count > 0 && link[end].feedableByteCount > 0 && link[end].isReceiving
            case .nothing: link[end].drainableByteCount == 0 && link[end].readableByteCount == 0
            }
        if !isTrue { throw SimulationFailure(.needsAreTrue, "the \(end) says that it needs \(link[end].needs)") }
    }

    private func checkCompleteness(_ end: End) throws(SimulationFailure) {
        guard link[end].isPeerClosed else { return }
        let (read, written) = (owners[end].readByteCount, owners[end.other].writtenByteCount)
        guard read != written else { return }
        let words = "the \(end) reached close_notify after \(read) bytes; the \(end.other) wrote \(written)"
        throw SimulationFailure(.plaintextIsComplete, words)
    }
}
