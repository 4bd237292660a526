/// Where a connection is in its life. Pure: what happens to libssl is decided elsewhere, from this.
///
///     handshaking ──► open(.open, .open) ──► open(.closing → .closed, .open)  ──► open(.closed, .closed)
///          │                  │       └────► open(.open, .closed)  ─────────────────────┘
///          └──► failed ◄──────┘
enum EngineLife: Hashable, Sendable {
    /// Until both Finished messages are in, and every verdict is given.
    case handshaking
    /// Plaintext flows in the directions that aren't closed.
    case open(local: LocalEnd, peer: PeerEnd)
    /// Over, for this reason, for ever.
    indirect case failed(TLSError)

    /// This end's sending.
    enum LocalEnd: Hashable, Sendable {
        case open
        /// The owner closed; close_notify waits for room or for messages before it.
        case closing
        /// close_notify is in the outbound ring.
        case closed
    }

    /// The peer's sending.
    enum PeerEnd: Hashable, Sendable {
        case open
        /// Its close_notify was read.
        case closed
    }

    /// Why the connection is over, if it is.
    var failure: TLSError? {
        if case .failed(let error) = self { return error }
        return nil
    }

    /// Whether bytes from the peer still mean something.
    var isReceiving: Bool {
        switch self {
        case .handshaking, .open(_, .open): true
        case .open(_, .closed), .failed: false
        }
    }

    /// The owner wants to send no more.
    mutating func closeLocal() {
        if case .open(.open, let peer) = self { self = .open(local: .closing, peer: peer) }
    }

    /// close_notify went out.
    mutating func localDidClose() {
        if case .open(.closing, let peer) = self { self = .open(local: .closed, peer: peer) }
    }

    /// The peer's close_notify came in.
    mutating func peerDidClose() {
        if case .open(let local, .open) = self { self = .open(local: local, peer: .closed) }
    }
}
