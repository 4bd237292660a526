import Foundation

/// A piece of work on a thread of its own, whose outcome the test waits for.
final class Background<Value: Sendable>: @unchecked Sendable {
    // Guarded by `changed`.
    private var outcome: Result<Value, any Error>?
    private let changed = NSCondition()

    /// Begins the work.
    init(_ work: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread { [self] in
            let result = Result { try work() }
            changed.lock()
            outcome = result
            changed.broadcast()
            changed.unlock()
        }
    }

    /// What came of it, within 30 seconds.
    func value() throws -> Value {
        let end = Date(timeIntervalSinceNow: 30)
        changed.lock()
        defer { changed.unlock() }
        while outcome == nil, changed.wait(until: end) {}
        guard let outcome else { throw StillRunning() }
        return try outcome.get()
    }

    /// Whether it is over.
    var isOver: Bool {
        changed.lock()
        defer { changed.unlock() }
        return outcome != nil
    }
}

struct StillRunning: Error {}
