import SluiceReplay
import SluiceSimulation

/// What `sluice simulate` says at its end.
struct SimulationSummary {
    let scenario: Scenario
    let firstSeed: UInt64
    private let start = ContinuousClock.now
    private var report = SimulationReport()

    init(scenario: Scenario, firstSeed: UInt64) {
        self.scenario = scenario
        self.firstSeed = firstSeed
    }

    /// Adds a run, in the order of their seeds.
    mutating func append(_ other: SimulationReport) {
        report.append(other)
    }

    /// In lines.
    var text: String {
        let duration = start.duration(to: .now)
        var lines = [
            "runs: \(report.runCount) from seed \(firstSeed), connections: \(scenario.connectionCount) in each, "
                + "faults: \(scenario.faults)",
            "everything held in \(report.stepCount) steps of \(report.connectionCount) connections, "
                + "\(report.resumedCount) of them resumed",
        ]
        lines += outcomes.map { "  \(String($0.count).paddedLeft(to: 8))  \($0.words)" }
        if !faults.isEmpty {
            lines.append("faults: " + faults.map { "\($0.words) \($0.count)" }.joined(separator: ", "))
        }
        lines.append(
            "\(report.plaintextByteCount.inBytes) of plaintext read, \(report.ciphertextByteCount.inBytes) of ciphertext, "
                + "\(report.virtualTime.components.seconds) s of virtual time"
        )
        lines.append("\(duration.inSeconds), \(perSecond(duration)) connections a second")
        lines.append("digest \(report.digest)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// As an object.
    var json: JSONText {
        let duration = start.duration(to: .now)
        return [
            "seed": .string("\(firstSeed)"), "runs": .number(report.runCount),
            "connections": .number(report.connectionCount), "faults": .string(scenario.faults.rawValue),
            "resumed": .number(report.resumedCount), "steps": .number(report.stepCount),
            "plaintextBytes": .number(report.plaintextByteCount),
            "ciphertextBytes": .number(report.ciphertextByteCount),
            "virtualSeconds": .number(report.virtualTime.components.seconds),
            "outcomes": .object(outcomes.map { JSONText.Field($0.words, .number($0.count)) }),
            "faultCounts": .object(faults.map { JSONText.Field($0.words, .number($0.count)) }),
            "microseconds": .number(duration.microseconds), "connectionsPerSecond": .number(perSecond(duration)),
            "digest": .string(report.digest),
        ]
    }

    /// The most frequent first.
    private var outcomes: [(words: String, count: Int)] {
        report.outcomes.map { (words: "\($0)", count: $1) }.sorted { ($1.count, $0.words) < ($0.count, $1.words) }
    }

    private var faults: [(words: String, count: Int)] {
        Fault.allCases.compactMap { fault in report.faults[fault].map { (words: "\(fault)", count: $0) } }
    }

    private func perSecond(_ duration: Duration) -> Int {
        report.connectionCount * 1_000_000 / max(1, duration.microseconds)
    }
}
