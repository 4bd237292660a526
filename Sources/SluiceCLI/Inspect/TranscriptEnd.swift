import Sluice
import SluiceReplay

/// How a recorded connection ended.
struct TranscriptEnd {
    /// In words for people.
    let words: String

    /// By the engine that ran the journal again, or by what is recorded where that came to something else.
    init(of transcript: Transcript) {
        let calls = transcript.calls
        switch transcript.finalState {
        case .handshaking?: words = "the recording ends within the handshake"
        case .open?: words = "the recording ends while both ends are open"
        case .closedByLocal?: words = "closed by this end; the recording ends before the peer closed"
        case .closedByPeer?: words = "closed by the peer; the recording ends before this end closed"
        case .closed?: words = "cleanly, by both ends"
        case .failed(let error)?: words = "failed: \(error.withoutLibraryWords)"
        case nil:
            let failure = calls.lazy.compactMap(\.failure).first
            words = failure.map { "failed: \($0.withoutLibraryWords)" } ?? "no failure is recorded"
        }
    }
}
