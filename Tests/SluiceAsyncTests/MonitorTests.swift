@testable import SluiceAsync
import Testing

/// State that tasks wait for: no waking is lost, and nobody waits for ever.
@Suite(.timeLimit(.minutes(10)))
struct MonitorTests {
    private struct Counter: Monitored {
        var value = 0

        enum Condition: Sendable {
            case atLeast(Int)
        }

        func isMet(_ condition: Condition) -> Bool {
            switch condition {
            case .atLeast(let count): value >= count
            }
        }
    }

    @Test func `what is true already isn't waited for`() async throws {
        let counter = Monitor(Counter(value: 3))
        try await counter.wait(until: .atLeast(3))
    }

    @Test func `only those wake whose condition is met`() async throws {
        let counter = Monitor(Counter())
        try await withThrowingTaskGroup(of: Int.self) { group in
            for count in 1...50 {
                group.addTask {
                    try await counter.wait(until: .atLeast(count))
                    return count
                }
            }
            for _ in 1...50 {
                let value = counter.update { counter in
                    counter.value += 1
                    return counter.value
                }
                let woken = try await group.next()
                #expect(woken == value)
            }
        }
    }

    @Test func `a task that was cancelled before doesn't wait`() async {
        let counter = Monitor(Counter())
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { try await counter.wait(until: .atLeast(1)) }
                // Nor does it fail where there is nothing to wait for.
                await #expect(throws: Never.self) { try await counter.attempt { _ in .done(()) } }
            }
        }
    }

    @Test func `tasks hand a ball to each other, and one that is cancelled drops out`() async throws {
        let counter = Monitor(Counter())
        let rounds = 20_000
        try await withThrowingTaskGroup(of: Void.self) { group in
            for player in 0..<2 {
                group.addTask {
                    for round in stride(from: player, to: rounds, by: 2) {
                        try await counter.wait(until: .atLeast(round))
                        counter.update { $0.value += 1 }
                    }
                }
            }
            for _ in 0..<100 {
                await withTaskGroup(of: Void.self) { onlookers in
                    for _ in 0..<10 { onlookers.addTask { try? await counter.wait(until: .atLeast(.max)) } }
                    await Task.yield()
                    onlookers.cancelAll()
                }
            }
            try await group.waitForAll()
        }
        #expect(counter.update { $0.value } == rounds)
    }

    @Test func `a step that throws leaves the others waiting for what comes`() async throws {
        let counter = Monitor(Counter())
        async let waiting: Void = counter.wait(until: .atLeast(2))
        await #expect(throws: Broken.self) {
            try await counter.attempt { counter -> Attempt<Void, Counter.Condition> in
                counter.value += 1
                throw Broken()
            }
        }
        counter.update { $0.value += 1 }
        try await waiting
    }
}
