import Sluice
import SluiceSimulation
import Testing

/// Connections by the dozen against one server.
struct RunTests {
    @Test(arguments: FaultProfile.allCases, UInt64(0)..<3)
    func `every invariant holds, whatever the network does`(faults: FaultProfile, seed: UInt64) throws {
        let result = try report(of: Scenario.small(faults), seed: seed)
        #expect(result.runCount == 1 && result.connectionCount == 12)
        #expect(result.outcomes.values.reduce(0, +) == 12)
        if faults == .none || faults == .slow { #expect(result.outcomes.map(\.key.description) == ["clean"]) }
    }

    @Test(arguments: Interleaving.allCases)
    func `the digest is the same however connections are interleaved`(interleaving: Interleaving) throws {
        let script = Scenario.small(.hostile).script(seed: 5)
        let expected = try report(of: script).digest
        #expect(expected.count == 64)
        #expect(try report(of: script, interleaving).digest == expected)
    }

    @Test func `another seed gives another digest`() throws {
        let digests = try (UInt64(0)..<4).map { try report(of: Scenario.small(.none), seed: $0).digest }
        #expect(Set(digests).count == 4)
    }

    @Test func `a connection sends the same bytes alone as among others`() throws {
        var script = Scenario.small(.hostile).script(seed: 2)
        let number = try #require(script.connections.first { $0.resumedConnection == nil && $0.number > 3 }?.number)
        let among = Transcripts()
        _ = try report(of: script, sabotage: among.sabotage)
        script.connections.removeAll { $0.number != number }
        let alone = Transcripts()
        _ = try report(of: script, sabotage: alone.sabotage)
        #expect(alone.bytes.keys.sorted() == [number])
        #expect(alone.bytes[number] == among.bytes[number])
    }

    @Test func `clients resume the sessions of earlier connections`() throws {
        var script = SimulationScript(seed: 1, connections: (0..<12).map { ConnectionPlan(number: $0) })
        for number in 1..<12 {
            script.connections[number].resumedConnection = number - 1
        }
        #expect(try report(of: script).resumedCount == 11)
        for number in 0..<12 { script.connections[number].clientContext.isTLS12 = true }
        #expect(try report(of: script).resumedCount == 11)
        // One that isn't in the script, or has no number before it, is no hindrance.
        script.connections = [script.connections[5], script.connections[4]]
        #expect(try report(of: script).resumedCount == 0)
    }

    @Test func `a run can be taken in steps, and shows how far it is`() throws {
        var run = try SimulationRun(Scenario.small(.none).script(seed: 3))
        var remaining = [run.remainingCount]
        while try run.advance(stepsMax: 50) { remaining.append(run.remainingCount) }
        let (left, result) = (run.remainingCount, run.report)
        #expect(remaining.first == 12 && left == 0 && remaining.count > 10)
        #expect(remaining == remaining.sorted(by: >))
        #expect(try result == report(of: Scenario.small(.none), seed: 3))
    }

    @Test func `a hundred connections come to their end`() throws {
        var scenario = Scenario.small(.none)
        scenario.connectionCount = 100
        scenario.byteCountMax = 100
        let result = try report(of: scenario, seed: 8)
        #expect(result.connectionCount == 100 && result.resumedCount > 5)
    }

    @Test(arguments: [0, -1])
    func `a run of nothing ends`(count: Int) throws {
        var scenario = Scenario()
        scenario.connectionCount = count
        #expect(try report(of: scenario, seed: 1).connectionCount == 0)
    }

    @Test func `a script that no server can be made from fails with words`() throws {
        var script = SimulationScript(seed: 1, connections: [])
        script.server.ringCapacity = 1
        let failure = script.failure(with: Sabotage())
        #expect(failure?.words.contains("the server can't be made") == true)
        #expect(failure?.seed == 1)
    }

    @Test func `recorders are told of the calls of their engine`() throws {
        let script = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 0), ConnectionPlan(number: 1)])
        let recorder = CallCounter()
        var run = try SimulationRun(script) { number in PerEnd(client: number == 1 ? recorder : nil, server: nil) }
        while try run.advance() {}
        #expect(recorder.beginningCount == 1)
        #expect(recorder.callCount > 5)
    }
}
