import ArgumentParser
import SluicePOSIX
import SluiceReplay
import SluiceSimulation

/// `sluice simulate`: thousands of connections over networks that exist in one number.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Run connections over simulated networks and check them at each step.",
        usage: "sluice simulate [<options>]",
        discussion: """
            A run is many connections against one server, in virtual time, interleaved: TLS 1.2 and 1.3, new and resumed, \
            with and without client certificates, over networks that delay, cut, lose and alter bytes. Everything in it \
            follows from its seed. After each step it is checked that no plaintext is lost, moved, altered or another \
            connection's, that errors stay, that memory is bounded, and that each connection ends as its faults explain.

            The digest covers every byte that every engine sent. The same seed has the same digest on any machine with the \
            same OpenSSL, whatever --jobs is.

            Where something doesn't hold, the line that shows it again is on stderr; the run is made as small as it can be \
            while it still fails, and the connection left is written as a journal of each end.

            EXAMPLES
              sluice simulate                                   a hundred connections
              sluice simulate --seed 1 --runs 100               ten thousand
              sluice simulate --connections 5000 --faults none  one server, no trouble
              sluice simulate --plant-bug --journals .          see how a bug is found

            FAULTS
            \(FaultProfile.table)

            EXIT CODES
               0  everything held
               5  standard output can't be written, or nobody reads it
               7  something didn't hold
              64  an option, or the directory of --journals, can't be used
            """
    )

    @Option(help: ArgumentHelp("The seed of the first run; each next one's is greater by one.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How many runs.", valueName: "count"))
    var runs = 1

    @Option(help: ArgumentHelp("Connections in each run.", valueName: "count"))
    var connections = Scenario().connectionCount

    @Option(help: ArgumentHelp("What the network does, see FAULTS.", valueName: "name"))
    var faults = FaultsArgument(profile: Scenario().faults)

    @Option(help: ArgumentHelp("The most bytes that an end writes; most write much less.", valueName: "count"))
    var bytes = Scenario().byteCountMax

    @Option(help: ArgumentHelp("Runs at once. (default: one for each processor)", valueName: "count"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Where the journals of a failure go.", valueName: "dir"))
    var journals = "simulation-failure"

    @Flag(help: "Write the summary as JSON.")
    var json = false

    @Flag(help: "Alter a byte of what one end reads, to see that it is found.")
    var plantBug = false

    func validate() throws {
        try check("--runs", runs, 1...1_000_000)
        try check("--connections", connections, 1...1_000_000)
        try check("--bytes", bytes, 0...16 * 1024 * 1024)
        try jobs.map { try check("--jobs", $0, 1...256) }
        if plantBug, connections < 4 || bytes == 0 {
            throw ValidationError("--plant-bug alters what connection 3 reads: let there be 4 connections, and bytes.")
        }
    }

    private func check(_ option: String, _ value: Int, _ range: ClosedRange<Int>) throws {
        if !range.contains(value) {
            throw ValidationError("\(option) takes \(range.lowerBound) to \(range.upperBound), not \(value).")
        }
    }

    func run() async throws {
        try await Console.reporting {
            // A failure after hours must have a place to go.
            if !Files.isDirectory(journals) { try Files.checkIsNew(journals) }
            let plan = SimulationPlan(scenario: scenario, sabotage: plantBug ? .oneByte : Sabotage())
            let meter = SimulationMeter(connectionCount: runs * connections)
            var summary = SimulationSummary(scenario: scenario, firstSeed: seed)
            let seeds = (0..<UInt64(runs)).map { seed &+ $0 }
            let work = OrderedWork(pieces: seeds, jobs: jobs ?? Processors.count) { plan.report(ofSeed: $0, meter) }
            do {
                try await work.run { outcome in summary.append(try outcome.get()) }
            } catch let failure as SimulationFailure {
                meter.clear()
                var failure = failure
                if plantBug { failure.reproduction? += " --plant-bug" }
                try plan.explain(failure, journals: journals)
                throw ExitCode(ExitReason.invariantBroken.rawValue)
            }
            meter.clear()
            try StandardStreams.print(json ? summary.json.line : summary.text)
        }
    }

    private var scenario: Scenario {
        var scenario = Scenario()
        scenario.connectionCount = connections
        scenario.faults = faults.profile
        scenario.byteCountMax = bytes
        return scenario
    }
}

extension FaultProfile {
    /// What each does, for the help.
    fileprivate static var table: String {
        allCases.map { "  \($0.rawValue.padded(to: 11)) \($0.words)" }.joined(separator: "\n")
    }

    private var words: String {
        switch self {
        case .none: "everything arrives at once, as it was sent"
        case .slow: "latency, jitter, little bandwidth, pieces, stalls"
        case .truncation: "half of the streams end in the middle"
        case .damage: "bits flip; bytes are lost, doubled, moved"
        case .impatience: "owners close before they are through"
        case .hostile: "any of these, for each connection others"
        }
    }
}
