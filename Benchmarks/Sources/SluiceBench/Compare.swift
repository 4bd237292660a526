import ArgumentParser
import Foundation

/// Checks all peers, measures them in turns and reports.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check all peers, then measure them on the same work, in turns (the default)."
    )

    @Option(help: "Rounds; the tables show the median.")
    var rounds = 5

    @Option(help: "Works, with commas between: W1,W3-16K. W3 is all of W3. (default: all)")
    var only: String?

    @Option(help: "Peers by name or a part of it, with commas between: spans,nio. (default: all)")
    var peers: String?

    @Option(help: "Multiplies amounts, pairs and crowd; 0.1 for a quick look. At 1 a sample takes about 0.4 s.")
    var scale = 1.0

    @Option(help: "The core to run on. (default: the last that is allowed)")
    var core: Int?

    @Option(help: "Idle pairs whose memory is measured (W5). (default: 5,000, scaled)")
    var pairs: Int?

    @Option(help: "Pairs that are alive at once (W7). (default: 20,000, scaled)")
    var crowd: Int?

    @Option(help: ArgumentHelp("Where to write all samples as JSON; - is standard output.", valueName: "file"))
    var json: String?

    @Option(help: ArgumentHelp("Where to draw the ratios, as SVG.", valueName: "file"))
    var chart: String?

    func validate() throws {
        guard rounds > 0, scale > 0, scale.isFinite, pairs ?? 1 > 0, crowd ?? 1 > 0 else {
            throw ValidationError("Give numbers above 0.")
        }
        _ = try works
        _ = try peerKinds
    }

    private var works: [Work] {
        get throws { try only.map(Work.parse) ?? Work.allCases }
    }

    private var peerKinds: [PeerKind] {
        get throws { try peers.map(PeerKind.parse) ?? PeerKind.allCases }
    }

    func run() throws {
        let console = Console(isStandardOutputTaken: json == "-")
        let pinned = try Core.pin(to: core)
        let options = RunOptions(
            rounds: rounds,
            scale: scale,
            core: pinned,
            pairs: pairs ?? scaled(5000),
            crowd: crowd ?? scaled(20_000)
        )
        let entrants = try Entrant.enter(try peerKinds, try Material(), crowdPairs: options.crowd, console)
        for entrant in entrants { try SelfCheck(entrant.worker, console).run() }
        var results = Results(machine: try Machine.current(), options: options)
        let comparison = Comparison(entrants: entrants, options: options, console: console)
        for work in try works {
            if work == .idle {
                results.memory = try comparison.idleMemory()
                console.show(results.memory, pairs: options.pairs)
            } else {
                let result = try comparison.run(work)
                guard !result.series.isEmpty else { continue }
                results.works.append(result)
                console.show(result)
            }
        }
        results.allocations = try comparison.allocations()
        console.show(results.allocations)
        console.showSummary(results)
        try write(results)
    }

    private func scaled(_ count: Int) -> Int { max(1, Int(Double(count) * min(scale, 1))) }

    private func write(_ results: Results) throws {
        if let chart { try Data(Chart(results, width: 760).svg.utf8).write(to: URL(fileURLWithPath: chart)) }
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let text = try encoder.encode(results) + Data("\n".utf8)
        if json == "-" {
            try FileHandle.standardOutput.write(contentsOf: text)
        } else {
            try text.write(to: URL(fileURLWithPath: json))
        }
    }
}
