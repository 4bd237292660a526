/// The smallest script found that still fails.
public struct ReducedScript: Hashable, Sendable {
    /// The script.
    public let script: SimulationScript

    /// How it fails: the same invariant, perhaps in other words.
    public let failure: SimulationFailure

    /// How many scripts were run to find it.
    public let attemptCount: Int
}

extension SimulationScript {
    /// A smaller script that breaks the same invariant: fewer connections, faults, bytes and pieces.
    ///
    /// - Parameters:
    ///   - failure: What a run of this script threw.
    ///   - attemptsMax: How many scripts are run at most.
    /// - Returns: The smallest script found; this one if none is smaller, or it doesn't fail so.
    public func reduced(failing failure: SimulationFailure, attemptsMax: Int = 500) -> ReducedScript {
        reduced(failing: failure, attemptsMax: attemptsMax, sabotage: Sabotage())
    }

    package func reduced(failing failure: SimulationFailure, attemptsMax: Int, sabotage: Sabotage) -> ReducedScript {
        var reducer = Reducer(self, attemptsMax: attemptsMax) { script in
            script.failure(with: sabotage)?.invariant == failure.invariant
        }
        guard reducer.attempt({ _ in }) else { return ReducedScript(script: self, failure: failure, attemptCount: 1) }
        if let number = failure.connection { reducer.isolate(number) }
        reducer.shorten(\.connections)
        reducer.simplify(\.server, to: ServerPlan())
        // A plainer value somewhere may let another be plainer; twice is enough to matter.
        for _ in 0..<2 {
            for index in reducer.subject.connections.indices { reducer.simplifyConnection(at: index) }
        }
        return ReducedScript(
            script: reducer.subject,
            failure: reducer.subject.failure(with: sabotage) ?? failure,
            attemptCount: reducer.attemptCount
        )
    }
}

extension Reducer<SimulationScript> {
    /// Tries the connection that failed alone, then with those whose sessions it hangs on.
    fileprivate mutating func isolate(_ number: Int) {
        if attempt({ $0.connections.removeAll { $0.number != number } }) { return }
        var needed: Set<Int> = []
        var next: Int? = number
        while let current = next, needed.insert(current).inserted {
            next = subject.connections.first { $0.number == current }?.resumedConnection
        }
        attempt { $0.connections.removeAll { !needed.contains($0.number) } }
    }

    fileprivate mutating func simplifyConnection(at index: Int) {
        let connection: WritableKeyPath<SimulationScript, ConnectionPlan> = \.connections[index]
        simplify(connection.appending(path: \.start), to: .zero)
        simplify(connection.appending(path: \.resumedConnection), to: nil)
        simplify(connection.appending(path: \.clientContext), to: ClientPlan())
        simplify(connection.appending(path: \.firstToClose), to: nil)
        for end in End.allCases {
            simplifyConditions(connection.appending(path: \.conditions[end]))
            simplifyEnd(connection.appending(path: \.ends[end]))
        }
        simplifyClient(connection.appending(path: \.clientContext))
    }

    private mutating func simplifyConditions(_ conditions: WritableKeyPath<SimulationScript, LinkConditions>) {
        let plain = LinkConditions.perfect
        simplify(conditions, to: plain)
        for fault in Fault.allCases { simplify(conditions.appending(path: \.[fault]), to: 0) }
        simplify(conditions.appending(path: \.stall), to: 0)
        simplify(conditions.appending(path: \.jitter), to: .zero)
        simplify(conditions.appending(path: \.latency), to: .zero)
        simplify(conditions.appending(path: \.bytesPerSecond), to: nil)
        simplify(conditions.appending(path: \.cut), to: .whole)
        simplify(conditions.appending(path: \.bytesInFlightMax), to: plain.bytesInFlightMax)
    }

    private mutating func simplifyEnd(_ end: WritableKeyPath<SimulationScript, EndPlan>) {
        let plain = EndPlan()
        simplify(end, to: plain)
        simplify(end.appending(path: \.isHibernating), to: false)
        simplify(end.appending(path: \.pace), to: .zero)
        simplify(end.appending(path: \.answerDelay), to: .zero)
        lower(end.appending(path: \.keyUpdateCount), to: 0)
        lower(end.appending(path: \.byteCount), to: 0)
        simplify(end.appending(path: \.writeBytesMax), to: plain.writeBytesMax)
        simplify(end.appending(path: \.readBytesMax), to: plain.readBytesMax)
    }

    private mutating func simplifyClient(_ client: WritableKeyPath<SimulationScript, ClientPlan>) {
        simplify(client.appending(path: \.hasDecisions), to: false)
        simplify(client.appending(path: \.hasIdentity), to: false)
        simplify(client.appending(path: \.offersProtocols), to: false)
        simplify(client.appending(path: \.isTLS12), to: false)
        simplify(client.appending(path: \.ringCapacity), to: ClientPlan().ringCapacity)
    }
}
