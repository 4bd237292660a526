import Foundation

/// A place for one value that a thread waits for.
final class Mailbox<Value: Sendable>: @unchecked Sendable {
    // Guarded by `changed`.
    private var value: Value?
    private let changed = NSCondition()

    /// Puts the value in and wakes who waits.
    func put(_ value: Value) {
        changed.lock()
        self.value = value
        changed.broadcast()
        changed.unlock()
    }

    /// The value if it is there.
    func peek() -> Value? {
        changed.lock()
        defer { changed.unlock() }
        return value
    }

    /// The value, or nil when the time is over.
    func wait(within limit: Duration) -> Value? {
        let end = Date(timeIntervalSinceNow: limit / .seconds(1))
        changed.lock()
        defer { changed.unlock() }
        while value == nil, changed.wait(until: end) {}
        return value
    }
}
