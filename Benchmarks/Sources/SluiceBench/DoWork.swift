import ArgumentParser

/// One work of one peer, once: for profilers, and for crowds.
struct DoWork: ChildCommand {
    static let name = "work"
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Do one work of one peer once, after its setup.",
        shouldDisplay: false
    )

    @Option(help: "The peer, by name or a part of it.")
    var peer: PeerKind

    @Option(help: "The work: W1, W3-16K.")
    var work: Work

    @Option(help: "Handshakes, round trips, or MiB.")
    var amount: Int

    @Option(help: "Pairs that are alive at once (W7).")
    var crowd = 20_000

    struct Answer: Codable {
        let amount: Int
        let seconds: Double
    }

    func answer() throws -> Answer {
        let worker = try peer.made(crowdPairs: crowd)
        guard work != .idle, worker.works.contains(work) else {
            throw ValidationError("\(peer.rawValue) can't do \(work.rawValue) here.")
        }
        return Answer(amount: amount, seconds: try worker.run(work, amount: amount) / .seconds(1))
    }
}
