extension UpstreamPool {
    /// Takes one of these servers, by index, and moves the turn on.
    mutating func choose(among candidates: [Int]) -> Int? {
        switch policy.balance {
        case .roundRobin: takeTurn(among: candidates)
        case .leastConnections: takeTurn(among: leastLoaded(of: candidates))
        }
    }

    /// Smooth weighted round robin, as nginx has it: each waits for its share, the one that waited most is served and
    /// gives back what all got. Those who aren't candidates neither gain nor lose.
    private mutating func takeTurn(among candidates: [Int]) -> Int? {
        guard var chosen = candidates.first else { return nil }
        var shares = 0
        for index in candidates {
            members[index].turn += members[index].server.weight
            shares += members[index].server.weight
            if members[index].turn > members[chosen].turn { chosen = index }
        }
        members[chosen].turn -= shares
        return chosen
    }

    /// Connections divided by weights are compared crosswise, in whole numbers. One more is counted, the one to come.
    private func leastLoaded(of candidates: [Int]) -> [Int] {
        guard let least = candidates.min(by: { load(of: $0, isBelow: $1) }) else { return [] }
        return candidates.filter { !load(of: least, isBelow: $0) }
    }

    private func load(of one: Int, isBelow other: Int) -> Bool {
        let (one, other) = (members[one], members[other])
        return (one.connections + 1) * other.server.weight < (other.connections + 1) * one.server.weight
    }
}
