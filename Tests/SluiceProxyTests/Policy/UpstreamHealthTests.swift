import SluiceProxy
import Testing

/// Servers that fail, and how they come back.
struct UpstreamHealthTests {
    private static let policy = UpstreamPolicy(
        ejection: .init(after: 2, for: .seconds(10), atMost: .seconds(35)),
        healthChecks: .init(rise: 2, fall: 3)
    )

    @Test func `failures in a row eject`() {
        var pool = pool("a", "b")
        #expect(fail(&pool, "a", at: 0) == nil)
        #expect(fail(&pool, "a", at: 1) == .ejected(for: .seconds(10)))
        #expect(pool.standing(of: "a")?.condition == .ejected(until: .seconds(11)))
        #expect(take(4, from: &pool, at: 10.999) == "bbbb")
    }

    @Test func `a success between them starts the count again`() {
        var pool = pool("a", "b")
        for second in 0..<5 {
            #expect(fail(&pool, "a", at: Double(second)) == nil)
            #expect(pool.connectSucceeded("a") == nil)
        }
        #expect(pool.standing(of: "a")?.condition == .up)
    }

    @Test func `one connection tries a server whose time is over`() {
        var pool = ejected()
        #expect(take(6, from: &pool, at: 10).filter { $0 == "a" }.count == 1)
        #expect(pool.standing(of: "a")?.condition == .ejected(until: .seconds(20)))
        #expect(pool.connectSucceeded("a") == .returned)
        #expect(pool.standing(of: "a")?.condition == .up)
        #expect(take(6, from: &pool, at: 10).filter { $0 == "a" }.count == 3)
    }

    @Test func `a trial of which nothing is heard is followed by another`() {
        var pool = ejected()
        #expect(take(6, from: &pool, at: 10).filter { $0 == "a" }.count == 1)
        #expect(take(6, from: &pool, at: 19.999).filter { $0 == "a" }.isEmpty)
        #expect(take(6, from: &pool, at: 20).filter { $0 == "a" }.count == 1)
    }

    @Test func `each trial that fails doubles the time up to a limit`() {
        var pool = ejected()
        var now = 10.0
        for seconds in [20.0, 35, 35, 35] {
            #expect(take(6, from: &pool, at: now).contains("a"))
            #expect(fail(&pool, "a", at: now) == .ejected(for: .seconds(seconds)))
            #expect(!take(6, from: &pool, at: now + seconds - 0.001).contains("a"))
            now += seconds
        }
        #expect(take(6, from: &pool, at: now).contains("a"))
        #expect(pool.connectSucceeded("a") == .returned)
        #expect(fail(&pool, "a", at: now) == nil)
        #expect(fail(&pool, "a", at: now) == .ejected(for: .seconds(10)))
    }

    @Test func `late failures of an ejected server tell nothing new`() {
        var pool = ejected()
        for _ in 0..<5 { #expect(fail(&pool, "a", at: 5) == nil) }
        #expect(pool.standing(of: "a")?.condition == .ejected(until: .seconds(10)))
    }

    @Test func `a late success returns an ejected server`() {
        var pool = ejected()
        #expect(pool.connectSucceeded("a") == .returned)
        #expect(pool.standing(of: "a")?.condition == .up)
    }

    @Test func `without an ejection policy failures change nothing`() {
        var pool = UpstreamPool([UpstreamServer("a")], policy: UpstreamPolicy(ejection: nil))
        for _ in 0..<100 { #expect(fail(&pool, "a", at: 0) == nil) }
        #expect(pool.standing(of: "a")?.condition == .up)
    }

    @Test func `checks that fail in a row take down, and succeed in a row bring up`() {
        var pool = pool("a", "b")
        #expect(pool.checkFailed("a") == nil)
        #expect(pool.checkFailed("a") == nil)
        #expect(pool.checkSucceeded("a") == nil)
        let falls = (0..<5).map { _ in pool.checkFailed("a") }
        #expect(falls == [nil, nil, .down, nil, nil])
        #expect(pool.standing(of: "a")?.condition == .down)
        #expect(take(3, from: &pool, at: 0) == "bbb")
        #expect(pool.checkSucceeded("a") == nil)
        #expect(pool.checkFailed("a") == nil)
        let rises = (0..<4).map { _ in pool.checkSucceeded("a") }
        #expect(rises == [nil, .up, nil, nil])
        #expect(take(4, from: &pool, at: 0).contains("a"))
    }

    @Test func `a server that checks bring up is trusted afresh`() {
        var pool = ejected()
        for _ in 0..<3 { pool.checkFailed("a") }
        for _ in 0..<2 { pool.checkSucceeded("a") }
        #expect(pool.standing(of: "a")?.condition == .up)
    }

    @Test func `checks that no policy asks for change nothing`() {
        var pool = UpstreamPool([UpstreamServer("a")])
        for _ in 0..<100 { #expect(pool.checkFailed("a") == nil) }
        #expect(pool.checkSucceeded("a") == nil)
        #expect(pool.isUsable)
    }

    @Test func `ejected servers are tried if no other is left, those down never`() {
        var pool = pool("a", "b", "c")
        for id in ["a", "b"] { (0..<2).forEach { _ in pool.connectFailed(id, at: .zero) } }
        for _ in 0..<3 { pool.checkFailed("c") }
        #expect(take(4, from: &pool, at: 1).sorted() == ["a", "a", "b", "b"])
        let left = pool.next(excluding: ["a"], at: .seconds(1))
        #expect(left == "b")
        let none = pool.next(excluding: ["a", "b"], at: .seconds(1))
        #expect(none == nil)
        #expect(pool.isUsable)
        for id in ["a", "b"] { (0..<3).forEach { _ in pool.checkFailed(id) } }
        #expect(take(1, from: &pool, at: 1).isEmpty)
        #expect(!pool.isUsable)
    }

    @Test func `an attempt for want of others is no trial`() {
        var pool = ejected()
        for _ in 0..<3 { pool.checkFailed("b") }
        #expect(take(3, from: &pool, at: 1) == "aaa")
        #expect(fail(&pool, "a", at: 2) == nil)
        #expect(pool.standing(of: "a")?.condition == .ejected(until: .seconds(10)))
    }

    @Test func `an ejected server comes after all others that are left`() {
        var pool = ejected()
        let first = pool.next(at: .seconds(1))
        let second = pool.next(excluding: ["b"], at: .seconds(1))
        #expect([first, second] == ["b", "a"])
    }

    @Test func `what is told of a server that isn't there does no harm`() {
        var pool = pool("a")
        let before = pool
        pool.connectionOpened("z")
        pool.connectionClosed("z")
        pool.connectionClosed("z")
        let events = [
            pool.connectFailed("z", at: .zero), pool.connectSucceeded("z"), pool.checkFailed("z"),
            pool.checkSucceeded("z"),
        ]
        #expect(events == [nil, nil, nil, nil])
        #expect(pool == before)
        #expect(pool.standing(of: "z") == nil)
    }

    @Test(arguments: [Duration.seconds(-5), .zero, .seconds(Int64.max)])
    func `any time will do`(time: Duration) {
        let policy = UpstreamPolicy(ejection: .init(after: 0, for: time, atMost: time))
        var pool = UpstreamPool([UpstreamServer("a"), UpstreamServer("b")], policy: policy)
        for _ in 0..<3 {
            #expect(pool.connectFailed("a", at: .zero) == .ejected(for: max(.zero, time)) || time > .zero)
            _ = pool.next(at: .zero)
            _ = pool.next(at: .zero)
        }
    }

    private func pool(_ ids: String...) -> UpstreamPool<String> {
        UpstreamPool(ids.map { UpstreamServer($0) }, policy: Self.policy)
    }

    /// `a` and `b`, of which `a` is ejected until second 10.
    private func ejected() -> UpstreamPool<String> {
        var pool = pool("a", "b")
        for _ in 0..<2 { pool.connectFailed("a", at: .zero) }
        return pool
    }

    private func fail(_ pool: inout UpstreamPool<String>, _ id: String, at second: Double) -> UpstreamEvent? {
        pool.connectFailed(id, at: .seconds(second))
    }

    private func take(_ count: Int, from pool: inout UpstreamPool<String>, at second: Double) -> [String] {
        (0..<count).compactMap { _ in pool.next(at: .seconds(second)) }
    }
}

private func == (taken: [String], order: String) -> Bool { taken.joined() == order }
