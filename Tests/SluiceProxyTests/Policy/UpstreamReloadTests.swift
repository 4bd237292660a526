import SluiceProxy
import SluiceSimulation
import Testing

/// What a pool knows outlives a reload.
struct UpstreamReloadTests {
    private static let policy = UpstreamPolicy(ejection: .init(after: 1), healthChecks: .init(rise: 1, fall: 1))

    @Test func `servers that stay keep what is known of them`() {
        var old = pool("a", "b", "c")
        old.connectionOpened("a")
        old.connectFailed("b", at: .zero)
        old.checkFailed("c")
        let new = pool("d", "c", "b", "a").adopting(old)
        #expect(new.servers.map(\.id) == ["d", "c", "b", "a"])
        for id in ["a", "b", "c"] { #expect(new.standing(of: id) == old.standing(of: id)) }
        #expect(new.standing(of: "d")?.condition == .up)
    }

    @Test func `what the new policy has no use for is forgotten`() {
        var old = pool("a", "b")
        old.connectFailed("a", at: .zero)
        old.checkFailed("b")
        let new = UpstreamPool(old.servers, policy: UpstreamPolicy(ejection: nil)).adopting(old)
        #expect(new.servers.allSatisfy { new.standing(of: $0.id)?.condition == .up })
    }

    @Test func `turns go on where they were`() {
        var old = pool("a", "b")
        let first = old.next(at: .zero)
        var new = pool("a", "b").adopting(old)
        let second = new.next(at: .zero)
        #expect([first, second] == ["a", "b"])
    }

    @Test func `a new weight holds at once`() {
        let new = UpstreamPool([UpstreamServer("a", weight: 7)], policy: Self.policy).adopting(pool("a"))
        #expect(new.standing(of: "a")?.weight == 7)
    }

    @Test func `a server that comes back has its connections still`() {
        var first = pool("a", "b")
        for _ in 0..<3 { first.connectionOpened("a") }
        var second = pool("b").adopting(first)
        second.connectionClosed("a")
        second.connectFailed("a", at: .zero)
        let third = pool("a").adopting(second)
        #expect(third.standing(of: "a")?.connections == 2)
        #expect(third.standing(of: "a")?.condition == .up)
    }

    @Test(arguments: 0...2)
    func `of a server that is gone nothing is left after its last connection`(connections: Int) {
        var old = pool("a", "b")
        for _ in 0..<connections { old.connectionOpened("a") }
        var new = pool("b").adopting(old)
        for _ in 0..<connections { new.connectionClosed("a") }
        #expect(new == pool("b"))
    }

    @Test(arguments: UInt64(0)..<50)
    func `whatever happens, counts add up and no server is chosen wrongly`(seed: UInt64) {
        var world = PoolWorld(seed: seed)
        for _ in 0..<400 { world.step() }
        world.closeAll()
    }

    private func pool(_ ids: String...) -> UpstreamPool<String> {
        UpstreamPool(ids.map { UpstreamServer($0) }, policy: Self.policy)
    }
}

/// A pool at random, beside what must hold of it.
private struct PoolWorld {
    private static let names = ["a", "b", "c", "d", "e", "f"]
    private var generator: SplitMix64
    private var pool: UpstreamPool<String>
    private var open: [String] = []
    private var now = Duration.zero

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
        pool = UpstreamPool([])
        reload()
    }

    mutating func step() {
        now += generator.duration(upTo: .seconds(2))
        let id = generator.element(of: Self.names)
        switch generator.number(in: 0...19) {
        case 0: reload()
        case 1...3: if !open.isEmpty { close(at: generator.number(in: 0...open.count - 1)) }
        case 4...5: check(id, isGood: false)
        case 6...7: check(id, isGood: true)
        default: connect()
        }
        let isCounted = pool.servers.allSatisfy { server in
            pool.standing(of: server.id)?.connections == open.count { $0 == server.id }
        }
        #expect(isCounted)
    }

    mutating func closeAll() {
        while !open.isEmpty { close(at: open.count - 1) }
        let all = UpstreamPool(Self.names.map { UpstreamServer($0) }).adopting(pool)
        #expect(all.servers.allSatisfy { all.standing(of: $0.id)?.connections == 0 })
    }

    private mutating func reload() {
        let servers = Self.names.filter { _ in generator.chance(0.6) }
            .map { UpstreamServer($0, weight: generator.number(in: 1...4)) }
        let policy = UpstreamPolicy(
            balance: generator.element(of: UpstreamPolicy.Balance.allCases),
            ejection: generator.chance(0.8) ? .init(after: generator.number(in: 1...3), for: .seconds(3)) : nil,
            healthChecks: generator.chance(0.8) ? .init() : nil
        )
        pool = UpstreamPool(servers, policy: policy).adopting(pool)
    }

    /// Tries servers as a connection would, until one takes it.
    private mutating func connect() {
        var tried: Set<String> = []
        while true {
            let left = pool.servers.map(\.id).filter {
                !tried.contains($0) && pool.standing(of: $0)?.condition != .down
            }
            let isOpen = left.filter { isOpenNow($0) }
            let next = pool.next(excluding: tried, at: now)
            #expect((next == nil) == left.isEmpty)
            guard let next else { return }
            #expect(left.contains(next) && (isOpen.isEmpty || isOpen.contains(next)))
            tried.insert(next)
            pool.connectionOpened(next)
            open.append(next)
            if generator.chance(0.5) {
                pool.connectSucceeded(next)
                #expect(pool.standing(of: next)?.condition == .up)
                return
            }
            pool.connectFailed(next, at: now)
            close(at: open.count - 1)
        }
    }

    private func isOpenNow(_ id: String) -> Bool {
        switch pool.standing(of: id)?.condition {
        case .up: true
        case .ejected(let until): until <= now
        case .down, nil: false
        }
    }

    private mutating func close(at index: Int) {
        pool.connectionClosed(open.remove(at: index))
    }

    private mutating func check(_ id: String, isGood: Bool) {
        let event = isGood ? pool.checkSucceeded(id) : pool.checkFailed(id)
        guard event != nil else { return }
        #expect(event == (isGood ? .up : .down))
        #expect(pool.standing(of: id)?.condition == (isGood ? .up : .down))
    }
}
