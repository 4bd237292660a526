package import Sluice
internal import Synchronization

/// Goes on with a journal where its recording ended: takes the recorded calls, which ``JournalReplay`` makes again,
/// without a word, and writes a line for each call after that.
package final class JournalContinuation: TLSRecorder {
    private let elapsed: @Sendable () -> Duration
    private let state: Mutex<State>

    private struct State {
        var isWriting = false
        let sink: @Sendable ([UInt8]) -> Void
    }

    /// The recorder for an engine that is made again.
    ///
    /// - Parameters:
    ///   - elapsed: How long after the journal's beginning it is, whenever it is called.
    ///   - sink: Takes each line with its line feed, in order. It holds secrets.
    package init(elapsed: @escaping @Sendable () -> Duration, writingTo sink: @escaping @Sendable ([UInt8]) -> Void) {
        self.elapsed = elapsed
        state = Mutex(State(sink: sink))
    }

    /// From here on calls are new.
    package func goOn() {
        state.withLock { $0.isWriting = true }
    }

    /// Nothing: the journal has its header.
    package func begin(_ beginning: TLSBeginning) {}

    /// Writes an entry if the call is new.
    package func record(_ call: TLSCall) {
        state.withLock { state in
            guard state.isWriting else { return }
            state.sink(JournalEntry(call, elapsed: elapsed()).json.line)
        }
    }
}
