import SluicePOSIX
import SluiceSimulation

/// What runs are made of, and what is done where one fails.
struct SimulationPlan: Sendable {
    let scenario: Scenario
    let sabotage: Sabotage

    /// Runs a seed to its end.
    func report(ofSeed seed: UInt64, _ meter: SimulationMeter) -> Result<SimulationReport, SimulationFailure> {
        do throws(SimulationFailure) {
            var simulation = Simulation(scenario, seed: seed, runCount: 1, sabotage: sabotage)
            var shownCount = 0
            var isGoingOn = true
            while isGoingOn {
                isGoingOn = try simulation.advance(stepsMax: stepsAtOnce)
                meter.add(simulation.endedConnectionCount - shownCount)
                shownCount = simulation.endedConnectionCount
            }
            return .success(simulation.report)
        } catch {
            return .failure(error)
        }
    }

    /// Tells of a failure, makes its run as small as it can be, and writes what is left as journals.
    func explain(_ failure: SimulationFailure, journals directory: String) throws {
        let console = Console(isQuiet: false)
        console.fail("\(failure)")
        console.note("making it smaller ...")
        let reduced = scenario.script(seed: failure.seed)
            .reduced(failing: failure, attemptsMax: reductionAttemptsMax, sabotage: sabotage)
        let count = reduced.script.connections.count
        let left = "\(count) \(count == 1 ? "connection" : "connections")"
        console.note("\(reduced.attemptCount) smaller runs tried; what is left: \(left), \(reduced.failure)")
        guard let number = reduced.failure.connection else { return }
        try Files.makeSecretDirectory(directory)
        let journals = reduced.script.journals(ofConnection: number, sabotage: sabotage)
        for end in End.allCases where !journals[end].isEmpty {
            let path = "\(directory)/seed-\(failure.seed)-connection-\(number)-\(end).journal"
            try Files.replace(path, withSecret: journals[end])
            console.show(path)
        }
    }
}

extension Sabotage {
    /// One byte of what the server of the connection 3 reads is altered: a bug that is surely found.
    static var oneByte: Sabotage {
        var sabotage = Sabotage()
        sabotage.plaintext = { number, end, offset, bytes in
            guard number == 3, end == .server, offset == 0, let first = bytes.first else { return bytes }
            return [~first] + bytes.dropFirst()
        }
        return sabotage
    }
}

/// Often enough for a progress bar.
private let stepsAtOnce = 5000

/// Some seconds of work.
private let reductionAttemptsMax = 500
