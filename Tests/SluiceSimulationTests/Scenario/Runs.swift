import Sluice
import SluiceSimulation
import Synchronization

extension Scenario {
    /// A dozen connections that carry little.
    static func small(_ faults: FaultProfile) -> Scenario {
        var scenario = Scenario()
        scenario.connectionCount = 12
        scenario.byteCountMax = 4000
        scenario.faults = faults
        return scenario
    }
}

/// What a script comes to.
func report(
    of script: SimulationScript,
    _ interleaving: Interleaving = .byTime,
    sabotage: Sabotage = Sabotage()
) throws -> SimulationReport {
    var run = try SimulationRun(script, interleaving: interleaving, sabotage: sabotage)
    while try run.advance() {}
    return run.report
}

/// What a scenario comes to.
func report(of scenario: Scenario, seed: UInt64) throws -> SimulationReport {
    try report(of: scenario.script(seed: seed))
}

/// Everything that was sent, by connection and end.
final class Transcripts: Sendable {
    private let sent = Mutex<[Int: PerEnd<[UInt8]>]>([:])

    var bytes: [Int: PerEnd<[UInt8]>] { sent.withLock(\.self) }

    /// Notes what is sent and leaves it alone.
    var sabotage: Sabotage {
        var sabotage = Sabotage()
        sabotage.ciphertext = { [self] number, end, _, bytes in
            sent.withLock { $0[number, default: PerEnd(client: [], server: [])][end] += bytes }
            return bytes
        }
        return sabotage
    }
}

/// A recorder that counts.
final class CallCounter: TLSRecorder {
    private let counts = Mutex((beginnings: 0, calls: 0))

    var beginningCount: Int { counts.withLock(\.beginnings) }
    var callCount: Int { counts.withLock(\.calls) }

    func begin(_ beginning: TLSBeginning) {
        counts.withLock { $0.beginnings += 1 }
    }

    func record(_ call: TLSCall) {
        counts.withLock { $0.calls += 1 }
    }
}
