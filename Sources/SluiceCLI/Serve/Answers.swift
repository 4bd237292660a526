import SluicePOSIX

/// Says something to what a client says, at once. It sees plaintext alone, and does no I/O.
protocol Answerer {
    /// The answer to bytes that arrived. Called again only once the whole answer is on its way.
    mutating func respond(to bytes: ArraySlice<UInt8>) -> Reply
}

/// Bytes for the client.
struct Reply {
    /// What to send, perhaps nothing.
    var bytes: [UInt8] = []
    /// Whether nothing will follow, and the connection is to be closed.
    var isLast = false
}

/// The service that gives an answer to each piece that it takes, and holds one at a time.
struct Answers<Source: Answerer>: Service {
    private var source: Source
    private var reply = Reply()

    /// Asks a source for the answers.
    init(of source: Source) {
        self.source = source
    }

    mutating func take(_ bytes: ArraySlice<UInt8>) -> Int {
        guard reply.bytes.isEmpty, !reply.isLast else { return 0 }
        reply = source.respond(to: bytes)
        return bytes.count
    }

    mutating func takeEnd() {
        reply.isLast = true
    }

    mutating func give() -> Offer {
        guard !reply.bytes.isEmpty else { return reply.isLast ? .end : .nothingYet }
        defer { reply.bytes = [] }
        return .bytes(reply.bytes)
    }
}

/// Sends everything back.
struct Echo: Answerer {
    func respond(to bytes: ArraySlice<UInt8>) -> Reply {
        Reply(bytes: Array(bytes))
    }
}

/// Takes everything and sends nothing.
struct Silence: Answerer {
    func respond(to bytes: ArraySlice<UInt8>) -> Reply {
        Reply()
    }
}
