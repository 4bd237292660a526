import SluiceProxy
import SluiceSimulation
import Testing

/// Which server is next while all are well.
struct UpstreamBalanceTests {
    @Test(arguments: [
        ([1, 1, 1], "abcabcabc"), ([3, 1], "aabaaaba"), ([5, 1, 1], "aabacaaaabacaa"), ([1], "aaa"), ([2, 3], "babab"),
    ])
    func `turns are by weight and evenly spread`(weights: [Int], order: String) {
        var pool = pool(weights)
        let taken = (0..<order.count).compactMap { _ in pool.next(at: .zero) }
        #expect(taken.joined() == order)
    }

    @Test func `an empty pool has no next`() {
        var pool = pool([])
        let next = pool.next(at: .zero)
        #expect(next == nil)
        #expect(!pool.isUsable)
    }

    @Test func `a server named twice counts once`() {
        let servers = [UpstreamServer("a"), UpstreamServer("b"), UpstreamServer("a", weight: 9)]
        let pool = UpstreamPool(servers)
        #expect(pool.servers == Array(servers.prefix(2)))
    }

    @Test(arguments: [(0, 1), (-5, 1), (Int.min, 1), (256, 256), (257, 256), (Int.max, 256)])
    func `a weight is brought within bounds`(given: Int, taken: Int) {
        #expect(UpstreamServer("a", weight: given).weight == taken)
    }

    @Test func `the fewest connections for the weight are next`() {
        var pool = pool([1, 2], balance: .leastConnections)
        var order: [String] = []
        for _ in 0..<6 {
            guard let next = pool.next(at: .zero) else { break }
            pool.connectionOpened(next)
            order.append(next)
        }
        #expect(order.sorted() == ["a", "a", "b", "b", "b", "b"])
        for _ in 0..<2 { pool.connectionClosed("a") }
        let next = pool.next(at: .zero)
        #expect(next == "a")
    }

    @Test func `equals take turns where the fewest connections are next`() {
        var pool = pool([1, 1, 1], balance: .leastConnections)
        let taken = (0..<6).compactMap { _ in pool.next(at: .zero) }
        #expect(taken.joined() == "abcabc")
    }

    @Test(arguments: UpstreamPolicy.Balance.allCases)
    func `those that were tried aren't next`(balance: UpstreamPolicy.Balance) {
        var pool = pool([5, 1, 1], balance: balance)
        let first = pool.next(excluding: ["a"], at: .zero)
        #expect(first != "a")
        let second = pool.next(excluding: ["a", "b"], at: .zero)
        #expect(second == "c")
        let none = pool.next(excluding: ["a", "b", "c", "d"], at: .zero)
        #expect(none == nil)
    }

    @Test(arguments: UInt64(0)..<64)
    func `each gets its share, and never waits long`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let weights = (0..<generator.number(in: 1...8)).map { _ in generator.number(in: 1...9) }
        let total = weights.reduce(0, +)
        var pool = pool(weights)
        var counts = weights.map { _ in 0 }
        for taken in 1...total * 5 {
            guard let next = pool.next(at: .zero), let index = name(next) else { break }
            counts[index] += 1
            let isFair = weights.indices.allSatisfy {
                abs(counts[$0] * total - taken * weights[$0]) < total * weights.count
            }
            #expect(isFair, "\(counts) of \(taken) for \(weights)")
        }
        #expect(counts == weights.map { $0 * 5 })
    }

    @Test(arguments: UInt64(0)..<64)
    func `fewest connections keep loads in proportion`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let weights = (0..<generator.number(in: 2...6)).map { _ in generator.number(in: 1...5) }
        var pool = pool(weights, balance: .leastConnections)
        var open: [String] = []
        for _ in 0..<500 {
            if !open.isEmpty, generator.chance(0.45) {
                pool.connectionClosed(open.remove(at: generator.number(in: 0...open.count - 1)))
            } else if let next = pool.next(at: .zero), let index = name(next) {
                let load = loads(of: pool, weights)
                #expect(load[index] == load.min())
                pool.connectionOpened(next)
                open.append(next)
            }
        }
        open.forEach { pool.connectionClosed($0) }
        #expect(pool.servers.allSatisfy { pool.standing(of: $0.id)?.connections == 0 })
    }

    /// Connections of each, with one more, per unit of weight.
    private func loads(of pool: UpstreamPool<String>, _ weights: [Int]) -> [Double] {
        zip(pool.servers, weights).map { server, weight in
            Double((pool.standing(of: server.id)?.connections ?? 0) + 1) / Double(weight)
        }
    }

    private func pool(
        _ weights: [Int],
        balance: UpstreamPolicy.Balance = .roundRobin
    ) -> UpstreamPool<String> {
        let servers = zip("abcdefgh", weights).map { UpstreamServer(String($0), weight: $1) }
        return UpstreamPool(servers, policy: UpstreamPolicy(balance: balance))
    }

    private func name(_ id: String) -> Int? {
        id.utf8.first.map { Int($0) - 97 }
    }
}
