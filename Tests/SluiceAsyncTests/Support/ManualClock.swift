@testable import SluiceAsync

/// A clock that stands still until it is told.
final class ManualClock: Clock {
    struct Instant: InstantProtocol {
        var offset = Duration.zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (one: Instant, other: Instant) -> Bool { one.offset < other.offset }
    }

    private struct Time: Monitored {
        var now = Instant()
        var sleepers = 0

        enum Condition: Sendable {
            case reached(Instant)
            case asleep(Int)
        }

        func isMet(_ condition: Condition) -> Bool {
            switch condition {
            case .reached(let instant): now >= instant
            case .asleep(let count): sleepers >= count
            }
        }
    }

    private let time = Monitor(Time())

    var now: Instant { time.update { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func `sleep`(until deadline: Instant, tolerance: Duration?) async throws {
        time.update { $0.sleepers += 1 }
        try await time.wait(until: .reached(deadline))
    }

    /// Waits until so many have gone to sleep since the beginning, then lets time pass.
    func advance(by duration: Duration, onceAsleep count: Int = 1) async throws {
        try await time.wait(until: .asleep(count))
        time.update { $0.now = $0.now.advanced(by: duration) }
    }
}
