import SluicePOSIX
import Synchronization

/// The progress bar of runs that are under way at the same time.
final class SimulationMeter: Sendable {
    private let bar: Mutex<(bar: ProgressBar, done: Int, shown: ContinuousClock.Instant)>

    /// A bar for so many connections.
    init(connectionCount: Int) {
        let bar = ProgressBar(total: connectionCount, isShown: StandardStreams.isErrorWatched)
        self.bar = Mutex((bar, 0, .now))
    }

    /// So many more connections have ended. Draws the bar, a few times a second at most.
    func add(_ count: Int) {
        bar.withLock { state in
            state.done += count
            guard state.shown.duration(to: .now) > .milliseconds(100) else { return }
            state.bar.show(state.done, failed: 0)
            state.shown = .now
        }
    }

    /// Takes the bar away.
    func clear() {
        bar.withLock { $0.bar.clear() }
    }
}
