import ArgumentParser

/// Runs every peer on the same work, interleaved in rounds, and prints medians and their ratios to the C loop.
@main
struct Benchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice-bench",
        abstract: "Full handshakes and bulk data: Sluice beside a plain C loop on the same libssl.",
        discussion: "Both peers run client and server in one thread over BIO pairs. Compare the ratios: absolute "
            + "figures differ between machines, and between runs on a busy one."
    )

    @Option(help: "Rounds; the table shows the median.")
    var rounds = 5

    @Option(help: "Handshakes of each peer in a round.")
    var handshakes = 500

    @Option(help: "MiB of each peer in a round.")
    var mebibytes = 512

    @Option(help: "Idle pairs of engines whose memory is measured.")
    var pairs = 1000

    func validate() throws {
        guard rounds > 0, handshakes > 0, mebibytes > 0, pairs > 0 else {
            throw ValidationError("give numbers above 0")
        }
    }

    func run() throws {
        let material = try Material()
        let sluice = try SluicePeer(material)
        let peers: [any Peer] = [CLoopPeer(material), sluice]
        try report("full handshakes/s", peers) { peer in
            guard try peer.handshakes(handshakes) == handshakes else { throw Failure(peer: peer.name) }
            return Double(handshakes)
        }
        for kibibytes in [16, 64, 1] {
            try report("bulk MiB/s, \(kibibytes) KiB writes", peers) { peer in
                let total = mebibytes << 20
                guard try peer.bulk(totalBytes: total, writeBytes: kibibytes << 10) == total else {
                    throw Failure(peer: peer.name)
                }
                return Double(mebibytes)
            }
        }
        try IdleMemory(client: sluice.client, server: sluice.server).report(engines: pairs)
    }

    /// A peer that didn't do the work whose time was taken.
    struct Failure: Error, CustomStringConvertible {
        let peer: String
        var description: String { "\(peer) did not do all of the work" }
    }

    private func report(_ title: String, _ peers: [any Peer], _ work: (any Peer) throws -> Double) throws {
        var rates: [[Double]] = peers.map { _ in [] }
        for round in 0...rounds {
            for (index, peer) in peers.enumerated() {
                let clock = ContinuousClock()
                var amount = 0.0
                let elapsed = try clock.measure { amount = try work(peer) }
                // The first round warms up.
                if round > 0 { rates[index].append(amount / (elapsed / .seconds(1))) }
            }
        }
        let medians = rates.map { $0.sorted()[$0.count / 2] }
        for (index, peer) in peers.enumerated() {
            let ratio = (medians[index] / medians[0] * 1000).rounded() / 1000
            print("\(title): \(peer.name) \(Int(medians[index])) (\(ratio) of \(peers[0].name))")
        }
    }
}
