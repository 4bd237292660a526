import SluiceSimulation
import Testing

/// Many runs of a scenario.
struct SimulationTests {
    private static var scenario: Scenario {
        var scenario = Scenario.small(.hostile)
        scenario.connectionCount = 5
        return scenario
    }

    @Test func `runs at once and one after the other add up to the same`() throws {
        let together = try report(seed: 10, runCount: 3)
        var apart = SimulationReport()
        for seed in UInt64(10)..<13 { apart.append(try report(seed: seed, runCount: 1)) }
        #expect(together == apart)
        #expect(together.runCount == 3 && together.connectionCount == 15)
    }

    @Test func `the same seed gives the same report, steps of any size`() throws {
        #expect(try report(seed: 1, runCount: 2) == report(seed: 1, runCount: 2, stepsMax: 7))
    }

    @Test func `the greatest seed has a next one`() throws {
        #expect(try report(seed: .max, runCount: 2).runCount == 2)
    }

    @Test(arguments: [0, -1])
    func `no runs are over at once`(runCount: Int) throws {
        let report = try report(seed: 1, runCount: runCount)
        #expect(report == SimulationReport() && report.digest == "")
    }

    @Test func `a command line says all that isn't as usual`() {
        var scenario = Scenario()
        #expect(
            scenario.commandLine(seed: 7) == "sluice simulate --seed 7 --runs 1 --connections 100 --faults hostile"
        )
        scenario.byteCountMax = 10
        #expect(scenario.commandLine(seed: 7).hasSuffix(" --bytes 10"))
    }

    private func report(seed: UInt64, runCount: Int, stepsMax: Int = .max) throws -> SimulationReport {
        var simulation = Simulation(Self.scenario, seed: seed, runCount: runCount)
        while try simulation.advance(stepsMax: stepsMax) {}
        return simulation.report
    }
}
