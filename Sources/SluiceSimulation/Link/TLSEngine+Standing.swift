internal import Sluice

extension TLSEngine {
    /// Whether neither end will send any more.
    var isOver: Bool {
        switch state {
        case .closed, .failed: true
        case .handshaking, .open, .closedByLocal, .closedByPeer: false
        }
    }

    /// Whether bytes from the peer still mean something.
    var isReceiving: Bool {
        switch state {
        case .handshaking, .open, .closedByLocal: true
        case .closedByPeer, .closed, .failed: false
        }
    }

    /// Why the connection is over, if it failed.
    var failure: TLSError? {
        if case .failed(let error) = state { return error }
        return nil
    }
}
