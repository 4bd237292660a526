internal import SluiceOpenSSL

// The end of a handshake.

extension TLSEngine {
    /// libssl is through with the handshake and every verdict is given: plaintext may flow.
    mutating func completeHandshake() {
        if connection.isVerifying, connection.isResumed, let failure = connection.storedVerdict {
            fail(TLSError.storedVerdict(failure))
            return
        }
        summary = HandshakeSummary(of: connection, traffic: traffic)
        life = .open(local: .open, peer: .open)
        connection.adoptFragmentLength()
        connection.post(.handshakeCompleted)
        guard context.role == .server, connection.version == TLSVersion.tls13.rawValue else { return }
        let tickets = connection.ticketsHeldBack
        if connection.holdsTickets { ticketsHeld = tickets } else { connection.requestTickets(tickets) }
    }
}
