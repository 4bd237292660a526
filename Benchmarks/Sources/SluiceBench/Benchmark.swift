import ArgumentParser

/// `sluice-bench`: the comparison, and the parts of it that run in processes of their own.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-bench",
        abstract: "Sluice beside a plain C loop on the same libssl, and beside other TLS stacks.",
        subcommands: [Compare.self, DrawChart.self, DoWork.self, HoldIdle.self, CountAllocations.self],
        defaultSubcommand: Compare.self
    )
}
