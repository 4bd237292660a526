import Sluice

/// What a server says to what a client says. It sees plaintext alone, and does no I/O.
protocol Service {
    /// The answer to bytes that arrived. Called again only once the whole answer is on its way.
    mutating func respond(to bytes: [UInt8], on connection: ConnectionFacts) -> Reply
}

/// Bytes for the client.
struct Reply {
    /// What to send, perhaps nothing.
    var bytes: [UInt8] = []
    /// Whether nothing will follow, and the connection is to be closed.
    var isLast = false
}

/// What a service may know of its connection.
struct ConnectionFacts {
    /// Where the client is.
    let client: String
    /// What was negotiated.
    let summary: HandshakeSummary
}

/// Sends everything back.
struct EchoService: Service {
    func respond(to bytes: [UInt8], on connection: ConnectionFacts) -> Reply {
        Reply(bytes: bytes)
    }
}

/// Takes everything and sends nothing.
struct DiscardService: Service {
    func respond(to bytes: [UInt8], on connection: ConnectionFacts) -> Reply {
        Reply()
    }
}
