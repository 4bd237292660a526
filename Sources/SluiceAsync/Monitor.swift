internal import Synchronization

/// State of which tasks may wait until something is true.
package protocol Monitored: ~Copyable, Sendable {
    /// What can be waited for.
    associatedtype Condition: Sendable

    /// Whether it is true now.
    func isMet(_ condition: Condition) -> Bool
}

/// What one try came to.
package enum Attempt<Value: Sendable, Condition: Sendable>: Sendable {
    /// This.
    case done(Value)
    /// Nothing yet: try again once this is true.
    case wait(until: Condition)
}

/// A lock around state, with tasks that wait for it to change.
///
/// Each change looks who waits for what is true now, under the same lock, and wakes those alone; a task looks once more
/// before it lies down, under that lock too. So no waking is lost. As many tasks wait as its users have, no more: one
/// waits in one place.
package final class Monitor<State: Monitored & ~Copyable>: Sendable {
    private let contents: Mutex<Contents>

    package init(_ state: consuming State) {
        contents = Mutex(Contents(state: state))
    }

    /// Reads or changes the state, and wakes those who waited for what is true then.
    package func update<Value: Sendable, Failure>(
        _ body: (inout State) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        var ready: [Waiter] = []
        // After the lock: a task that wakes may want it at once.
        defer { for waiter in ready { waiter.continuation.resume() } }
        return try contents.withLock { contents throws(Failure) in
            defer { ready = contents.takeReadyWaiters() }
            return try body(&contents.state)
        }
    }

    /// Tries until it comes to something.
    ///
    /// - Throws: What `step` throws, or `CancellationError` if the task is cancelled while it waits. Nothing was changed
    ///   by a step that waits, so nothing is lost.
    package func attempt<Value: Sendable>(
        _ step: (inout State) throws -> Attempt<Value, State.Condition>
    ) async throws -> Value {
        while true {
            switch try update(step) {
            case .done(let value): return value
            case .wait(let condition): try await wait(until: condition)
            }
        }
    }

    /// Waits until it is true, which it may have ceased to be by the time that the task runs.
    package func wait(until condition: State.Condition) async throws {
        let number = contents.withLock { $0.nextNumber() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(number: number, condition: condition, continuation: continuation)
                // Cancelled before this: the handler found nobody. After it: the handler finds this waiter.
                switch contents.withLock({ $0.add(waiter, isCancelled: Task.isCancelled) }) {
                case .added: break
                case .met: continuation.resume()
                case .cancelled: continuation.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            contents.withLock { $0.removeWaiter(number) }?.continuation.resume(throwing: CancellationError())
        }
    }

    private struct Waiter: Sendable {
        let number: UInt64
        let condition: State.Condition
        let continuation: CheckedContinuation<Void, any Error>
    }

    private enum Admission {
        case added, met, cancelled
    }

    private struct Contents: ~Copyable, Sendable {
        var state: State
        private var waiters: [Waiter] = []
        private var lastNumber: UInt64 = 0

        init(state: consuming State) {
            self.state = state
        }

        mutating func nextNumber() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }

        mutating func add(_ waiter: Waiter, isCancelled: Bool) -> Admission {
            if isCancelled { return .cancelled }
            if state.isMet(waiter.condition) { return .met }
            waiters.append(waiter)
            return .added
        }

        mutating func removeWaiter(_ number: UInt64) -> Waiter? {
            waiters.firstIndex { $0.number == number }.map { waiters.remove(at: $0) }
        }

        mutating func takeReadyWaiters() -> [Waiter] {
            var ready: [Waiter] = []
            var index = 0
            while index < waiters.count {
                if state.isMet(waiters[index].condition) {
                    ready.append(waiters.remove(at: index))
                } else {
                    index += 1
                }
            }
            return ready
        }
    }
}
