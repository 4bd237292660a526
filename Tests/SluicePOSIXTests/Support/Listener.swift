import SluicePOSIX

extension SocketListener {
    /// Waits for a peer.
    borrowing func acceptSoon() throws -> AcceptedPeer {
        var poll = Poll()
        poll.add(descriptor.number, for: .readable)
        try poll.wait(until: .soon)
        guard let peer = try accept() else { throw NobodyCame() }
        return peer
    }
}

struct NobodyCame: Error {}

extension HostPort {
    /// 127.0.0.1 with a port that the system chooses.
    static var loopback: HostPort {
        guard let place = HostPort("127.0.0.1:0") else { preconditionFailure("127.0.0.1:0 is a place") }
        return place
    }
}

extension SocketAddress {
    /// The address as one to connect to.
    var place: HostPort {
        guard let place = HostPort(description) else { preconditionFailure("\(description) is no place") }
        return place
    }
}

extension Deadline {
    /// Long enough for anything that a test does, and an end for what hangs.
    static var soon: Deadline { .after(.seconds(30)) }
}
