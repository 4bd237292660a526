import SluiceSimulation
import Testing

/// A run that fails is reduced to the little that it takes.
struct ScriptReductionTests {
    @Test func `a planted bug is reduced to one connection that carries little over a perfect link`() throws {
        let script = Scenario.small(.hostile).script(seed: 9)
        let bug = Self.forgetfulReader
        let failure = try #require(script.failure(with: bug))
        #expect(failure.invariant == .plaintextIsIntact)
        let reduced = script.reduced(failing: failure, attemptsMax: 500, sabotage: bug)
        #expect(reduced.failure.invariant == .plaintextIsIntact)
        #expect(reduced.script.connections.map(\.number) == [failure.connection])
        let plan = try #require(reduced.script.connections.first)
        #expect(plan.conditions == PerEnd(client: .perfect, server: .perfect))
        #expect(plan.clientContext == ClientPlan() && reduced.script.server == ServerPlan())
        // The bytes after the lost one are zeros like it, up to the block's number.
        #expect(plan.ends.client.byteCount == 1008 && plan.ends.server == EndPlan())
        #expect(reduced.attemptCount < 200)
        // It fails for itself, and not without the bug.
        #expect(reduced.script.failure(with: bug) == reduced.failure)
        #expect(reduced.script.failure(with: Sabotage()) == nil)
    }

    @Test func `a bug that shows on resumption keeps the connection that is resumed`() throws {
        var script = SimulationScript(seed: 1, connections: (0..<8).map { ConnectionPlan(number: $0) })
        script.connections[6].resumedConnection = 2
        script.connections[5].ends.client.byteCount = 100
        // Resumed handshakes are short.
        var bug = Sabotage()
        bug.ciphertext = { number, end, offset, bytes in
            number == 6 && end == .server && offset == 0 && bytes.count < 400 ? bytes.map { ~$0 } : bytes
        }
        let failure = try #require(script.failure(with: bug))
        let reduced = script.reduced(failing: failure, attemptsMax: 500, sabotage: bug)
        #expect(reduced.script.connections.map(\.number) == [2, 6])
    }

    @Test func `no more scripts are run than may be`() throws {
        let script = Scenario.small(.hostile).script(seed: 9)
        let failure = try #require(script.failure(with: Self.forgetfulReader))
        let reduced = script.reduced(failing: failure, attemptsMax: 3, sabotage: Self.forgetfulReader)
        #expect(reduced.attemptCount == 3)
        #expect(reduced.failure.invariant == failure.invariant)
    }

    @Test func `a script that doesn't fail is left alone`() {
        let script = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 0)])
        let failure = SimulationFailure(.plaintextIsIntact, "somebody says so")
        let reduced = script.reduced(failing: failure)
        #expect(reduced.script == script && reduced.failure == failure)
    }

    /// Servers lose the byte at offset 1001 of what the clients of three connections wrote.
    private static var forgetfulReader: Sabotage {
        var sabotage = Sabotage()
        sabotage.plaintext = { number, end, offset, bytes in
            let lost = 1001
            guard number % 4 == 1, end == .server, (offset..<offset + bytes.count).contains(lost) else { return bytes }
            return Array(bytes[..<(lost - offset)] + bytes[(lost - offset)...].dropFirst())
        }
        return sabotage
    }
}
