import ArgumentParser

/// `sluice-bench`: the comparison, and the parts of it that run in processes of their own.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-bench",
        abstract: "Sluice beside a plain C loop on the same libssl, and beside other TLS stacks.",
        discussion: """
            Client and server run in one thread over memory, pinned to one core. First every peer shows that it \
            negotiates what is compared, refuses a wrong host and an unknown CA, and hands data over intact. Then each \
            work is done in rounds: all peers once, in an order that changes from round to round. The tables show \
            medians, the spread ((max - min) / median) and the median of the rounds' ratios to the C loop. Compare the \
            ratios: absolute figures differ between machines, and between runs on a busy one.

            Works: W1 full TLS 1.3 handshakes; W2 resumed ones; W3-16K, W3-64K, W3-1K bulk data by size of write; W4 \
            round trips of 64 bytes; W5 memory of idle pairs; W6 full TLS 1.2 handshakes; W7 round trips over many \
            pairs that are alive at once. W5 and W7 run in processes of their own. W7 makes its pairs for each sample, \
            which takes longer than the sample; it has 3 rounds at most.

            A quick look:  sluice-bench --scale 0.1 --only W1,W4
            Everything:    sluice-bench --json results.json --chart results.svg
            All options:   sluice-bench help compare
            """,
        subcommands: [Compare.self, DrawChart.self, DoWork.self, HoldIdle.self, CountAllocations.self],
        defaultSubcommand: Compare.self
    )
}
