/// The servers of a route, and which of them is next.
///
/// The owner tells what becomes of connections and of checks, and asks for the next server. Servers are known by `ID`, so
/// that what is told late, of a server that a reload took away, does no harm. Moments are since some start that is
/// always the same; the pool reads no clock.
///
/// A server to which connections fail in a row is ejected for a time; then one connection is let through, on trial. A
/// server that checks call down gets none. If no other is left, those ejected are tried all the same: they may be better
/// than nothing.
public struct UpstreamPool<ID: Hashable & Sendable>: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        let server: UpstreamServer<ID>
        var connections = 0
        var passive = PassiveHealth.good
        var active = ActiveHealth.good

        /// How long the server has waited for its turn, in shares: the one that has most is next.
        var turn = 0
    }

    /// How servers are chosen.
    public let policy: UpstreamPolicy

    var members: [Member]
    private var indices: [ID: Int]

    /// Open connections of servers that a reload took away. One that comes back has them still.
    private var departed: [ID: Int] = [:]

    /// A pool of these servers. One that is named twice counts once, as first named.
    public init(_ servers: [UpstreamServer<ID>], policy: UpstreamPolicy = UpstreamPolicy()) {
        self.policy = policy
        members = []
        indices = [:]
        for server in servers where indices[server.id] == nil {
            indices[server.id] = members.count
            members.append(Member(server: server))
        }
    }

    /// This pool with what `old` knows of the servers that both have: connections, ejections and checks.
    ///
    /// What this pool's policy has no use for is forgotten, such as results of checks that are no longer made.
    public func adopting(_ old: UpstreamPool) -> UpstreamPool {
        var pool = self
        pool.departed = old.departed
        for member in old.members {
            guard let index = indices[member.server.id] else {
                pool.departed[member.server.id] = member.connections > 0 ? member.connections : nil
                continue
            }
            pool.members[index].connections = member.connections
            pool.members[index].turn = member.turn
            if policy.ejection != nil { pool.members[index].passive = member.passive }
            if policy.healthChecks != nil { pool.members[index].active = member.active }
        }
        for index in pool.members.indices {
            pool.members[index].connections += pool.departed.removeValue(forKey: pool.members[index].server.id) ?? 0
        }
        return pool
    }

    /// The servers, in order.
    public var servers: [UpstreamServer<ID>] { members.map(\.server) }

    /// Chooses a server for a connection.
    ///
    /// - Parameters:
    ///   - tried: Servers that this connection has tried already.
    ///   - now: The moment.
    /// - Returns: nil if there is none left to try: all others are down.
    public mutating func next(excluding tried: Set<ID> = [], at now: Duration) -> ID? {
        let left = members.indices.filter { members[$0].active.isUp && !tried.contains(members[$0].server.id) }
        let open = left.filter { members[$0].passive.isOpen(at: now) }
        guard let chosen = choose(among: open.isEmpty ? left : open) else { return nil }
        members[chosen].passive.choose(at: now)
        return members[chosen].server.id
    }

    /// Notes that a connection to the server is begun: call it before connecting, so that those under way count too.
    public mutating func connectionOpened(_ id: ID) {
        if let index = indices[id] {
            members[index].connections += 1
        } else {
            departed[id, default: 0] += 1
        }
    }

    /// Notes that a connection is over, or never came about: once for each ``connectionOpened(_:)``.
    public mutating func connectionClosed(_ id: ID) {
        if let index = indices[id] {
            members[index].connections = max(0, members[index].connections - 1)
        } else if let connections = departed[id] {
            departed[id] = connections > 1 ? connections - 1 : nil
        }
    }

    /// How a server is doing; nil if the pool doesn't have it.
    public func standing(of id: ID) -> UpstreamStanding? {
        indices[id].map { members[$0].standing }
    }

    /// Changes a server's state, if the pool has it.
    mutating func change(_ id: ID, _ body: (inout Member) -> UpstreamEvent?) -> UpstreamEvent? {
        guard let index = indices[id] else { return nil }
        return body(&members[index])
    }
}

extension UpstreamPool.Member {
    var standing: UpstreamStanding {
        UpstreamStanding(condition: condition, connections: connections, weight: server.weight)
    }

    private var condition: UpstreamStanding.Condition {
        guard active.isUp else { return .down }
        return switch passive {
        case .trusted: .up
        case .ejected(let until, _), .onTrial(let until, _): .ejected(until: until)
        }
    }
}
