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

    func answer() throws -> [IdleMemory] {
        guard let peer = try peer.made(crowdPairs: 1) as? any Peer else {
            throw ValidationError("\(peer.rawValue) makes no connections.")
        }
        return try peer.idleMemory(pairs: pairs)
    }
}
