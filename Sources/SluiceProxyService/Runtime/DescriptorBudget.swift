internal import SluicePOSIX
internal import Synchronization

/// How many connections there may be descriptors for.
///
/// A process that has none left can't go on as if nothing was: accepting fails at once and again and again, a log can't be
/// opened, and libdispatch, which reads `/proc` to see its threads, ends the process. So some are kept back.
final class DescriptorBudget: Sendable {
    /// The most connections that are open.
    let connectionsMax: Int

    private let state = Mutex(State())

    private struct State {
        var connections = 0
        var waiters: [@Sendable () -> Void] = []
        var lastTold: Duration?
    }

    /// - Parameter descriptorsMax: What the process may have.
    init(descriptorsMax: Int) {
        let rest = descriptorsMax - RuntimeLimits.descriptorsKept
        connectionsMax = max(1, rest / RuntimeLimits.descriptorsPerConnection)
    }

    /// Whether another connection may come.
    ///
    /// - Parameter resume: Called once it may, where it may not now; on any thread.
    /// - Returns: Whether it may now.
    func hasRoom(orElse resume: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            if state.connections < connectionsMax { return true }
            state.waiters.append(resume)
            return false
        }
    }

    /// Counts a connection that was accepted.
    func opened() {
        state.withLock { $0.connections += 1 }
    }

    /// Counts a connection whose descriptors are free again.
    func closed() {
        let waiters = state.withLock { state in
            state.connections -= 1
            guard state.connections < connectionsMax else { return [@Sendable () -> Void]() }
            defer { state.waiters = [] }
            return state.waiters
        }
        for resume in waiters { resume() }
    }

    /// Whether it is worth a line that clients have to wait: now and then.
    func isWorthTelling(at now: Duration) -> Bool {
        state.withLock { state in
            if let last = state.lastTold, now < last + RuntimeLimits.descriptorsToldEvery { return false }
            state.lastTold = now
            return true
        }
    }
}
