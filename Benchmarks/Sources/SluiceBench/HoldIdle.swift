import ArgumentParser

/// The memory of idle pairs, in a heap that nothing else has used.
struct HoldIdle: ChildCommand {
    static let name = "idle"
    static let configuration = CommandConfiguration(
        commandName: name,
        abstract: "Measure what idle pairs of one peer hold.",
        shouldDisplay: false
    )

    @Option(help: "The peer, by name or a part of it.")
    var peer: PeerKind

    @Option(help: "How many pairs.")
    var pairs = 5000

    struct Answer: Codable {
        /// Bytes a pair.
        let asMade: Double
        let hibernated: Double?
    }

    func answer() throws -> Answer {
        guard let peer = try peer.made(crowdPairs: 1) as? any Peer else {
            throw ValidationError("\(peer.rawValue) makes no connections.")
        }
        let memory = try peer.idleMemory(pairs: pairs)
        return Answer(asMade: memory.asMade, hibernated: memory.hibernated)
    }
}
