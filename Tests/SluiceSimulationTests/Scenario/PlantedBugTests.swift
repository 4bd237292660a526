import SluiceSimulation
import Testing

/// Bugs planted in the engine's place: each is found by the invariant that it breaks.
struct PlantedBugTests {
    /// What a reader may make of its plaintext, and what sees it.
    private static let bugs: [(name: String, invariant: Invariant, plaintext: @Sendable (Int, [UInt8]) -> [UInt8])] = [
        ("lost", .plaintextIsIntact, { offset, bytes in offset > 500 ? Array(bytes.dropFirst()) : bytes }),
        ("doubled", .plaintextIsIntact, { offset, bytes in offset > 500 ? bytes.prefix(1) + bytes : bytes }),
        ("altered", .plaintextIsIntact, { offset, bytes in offset > 500 ? bytes.map { $0 ^ 1 } : bytes }),
        ("cut off", .countersAgree, { offset, bytes in offset > 500 ? Array(bytes.dropLast()) : bytes }),
        ("made up", .plaintextIsIntact, { _, bytes in bytes.isEmpty ? [1] : bytes }),
    ]

    @Test(arguments: bugs)
    func `plaintext that isn't what was written is found`(
        bug: (name: String, invariant: Invariant, plaintext: @Sendable (Int, [UInt8]) -> [UInt8])
    ) {
        var sabotage = Sabotage()
        sabotage.plaintext = { _, _, offset, bytes in bug.plaintext(offset, bytes) }
        var script = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 0)])
        script.connections[0].ends.client.byteCount = 3000
        script.connections[0].ends.client.writeBytesMax = 100
        #expect(script.failure(with: Sabotage()) == nil)
        let invariant = script.failure(with: sabotage)?.invariant
        #expect(invariant == bug.invariant, "\(bug.name)")
    }

    @Test func `ciphertext that is altered where no fault was is found, with a line that shows it again`() throws {
        var scenario = Scenario.small(.none)
        scenario.connectionCount = 40
        let failure = try #require(outcome(of: scenario, seed: 4, runCount: 2, sabotage: .tampering))
        #expect(failure.invariant == .endIsExplained)
        let line = try #require(failure.reproduction)
        let expected = "sluice simulate --seed \(failure.seed) --runs 1 --connections 40 --faults none --bytes 4000"
        #expect(line == expected)
        // What the line says shows the same failure.
        let again = try #require(outcome(of: scenario, seed: failure.seed, runCount: 1, sabotage: .tampering))
        #expect(again == failure)
        #expect(failure.description.contains("connection \(try #require(failure.connection))"))
    }

    @Test func `a peer that goes silent without a fault stands still, and that is found`() {
        var sabotage = Sabotage()
        sabotage.ciphertext = { _, end, offset, bytes in end == .client && offset > 0 ? [] : bytes }
        let failure = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 0)]).failure(with: sabotage)
        #expect(failure?.invariant == .progressIsMade)
        #expect(failure?.words.contains("stands still") == true)
    }

    private func outcome(
        of scenario: Scenario,
        seed: UInt64,
        runCount: Int,
        sabotage: Sabotage
    ) -> SimulationFailure? {
        var simulation = Simulation(scenario, seed: seed, runCount: runCount, sabotage: sabotage)
        do throws(SimulationFailure) {
            while try simulation.advance() {}
            return nil
        } catch {
            return error
        }
    }
}

extension Sabotage {
    /// Drops a byte of what some connections' clients send, far into the stream.
    static var tampering: Sabotage {
        var sabotage = Sabotage()
        sabotage.ciphertext = { number, end, offset, bytes in
            let isHit = number % 8 == 5 && end == .client && (offset..<offset + UInt64(bytes.count)).contains(1000)
            return isHit ? Array(bytes.dropLast()) : bytes
        }
        return sabotage
    }
}
