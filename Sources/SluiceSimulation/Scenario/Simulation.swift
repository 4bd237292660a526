/// A scenario, run many times with one seed after the other.
///
///     var simulation = Simulation(Scenario(), seed: 1, runCount: 100)
///     while try simulation.advance(stepsMax: 10_000) { show(simulation.report.runCount) }
///     print(simulation.report.digest)
///
/// Runs don't know of each other. To run several at once make a simulation of each seed, and append the reports in the
/// order of their seeds: the sum is the same.
public struct Simulation: ~Copyable {
    /// What is run.
    public let scenario: Scenario

    /// The seed of the first run. The next one's is greater by one, and so on.
    public let seed: UInt64

    /// How many runs there are.
    public let runCount: Int

    /// The runs that have ended.
    public private(set) var report = SimulationReport()

    /// Connections that have ended, with those of the run under way.
    public var endedConnectionCount: Int { report.connectionCount + endedInRunCount }

    private var endedInRunCount = 0
    private var run: SimulationRun?
    private let sabotage: Sabotage

    /// So many runs of a scenario.
    public init(_ scenario: Scenario, seed: UInt64 = 1, runCount: Int = 1) {
        self.init(scenario, seed: seed, runCount: runCount, sabotage: Sabotage())
    }

    package init(_ scenario: Scenario, seed: UInt64, runCount: Int, sabotage: Sabotage) {
        self.scenario = scenario
        self.seed = seed
        self.runCount = runCount
        self.sabotage = sabotage
    }

    /// The seed of the run that is under way, or comes next.
    public var runSeed: UInt64 { seed &+ UInt64(truncatingIfNeeded: report.runCount) }

    /// Takes steps until the run under way has ended, or so many were taken.
    ///
    /// - Returns: Whether there is more to do.
    /// - Throws: The first invariant that doesn't hold, with the line that shows it again. The simulation is over then.
    public mutating func advance(stepsMax: Int = .max) throws(SimulationFailure) -> Bool {
        guard report.runCount < runCount else { return false }
        do throws(SimulationFailure) {
            var current = try takeRun()
            if try current.advance(stepsMax: stepsMax) {
                endedInRunCount = current.report.connectionCount
                run = consume current
            } else {
                report.append(current.report)
                endedInRunCount = 0
            }
        } catch {
            var failure = error
            failure.reproduction = scenario.commandLine(seed: runSeed)
            throw failure
        }
        return report.runCount < runCount
    }

    private mutating func takeRun() throws(SimulationFailure) -> SimulationRun {
        if let current = run.take() { return current }
        return try SimulationRun(scenario.script(seed: runSeed), sabotage: sabotage)
    }
}

extension Scenario {
    /// The command that runs the scenario once with a seed.
    public func commandLine(seed: UInt64) -> String {
        var line = "sluice simulate --seed \(seed) --runs 1 --connections \(connectionCount) --faults \(faults)"
        if byteCountMax != Scenario().byteCountMax { line += " --bytes \(byteCountMax)" }
        return line
    }
}
