import Sluice
import Synchronization

/// A recorder that keeps what it is told.
final class CallList: TLSRecorder {
    private let calls = Mutex<[TLSCall]>([])

    var all: [TLSCall] { calls.withLock { $0 } }

    func begin(_ beginning: TLSBeginning) {}

    func record(_ call: TLSCall) {
        calls.withLock { $0.append(call) }
    }
}
