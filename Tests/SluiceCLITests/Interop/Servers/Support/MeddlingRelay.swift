import SluicePOSIX

/// Carries bytes between one client and a server, and lets a test do something before the first record of TLS goes on.
struct MeddlingRelay {
    /// Where the client finds it: `127.0.0.1:40123`.
    let address: String

    /// Waits for a client.
    init(to server: String, beforeTLS meddle: @escaping @Sendable () throws -> Void) throws {
        guard let place = HostPort(server) else { throw ProgramFailure(description: "no address: \(server)") }
        let raw = try RawServer { client in
            let upstream = try TCP.connect(to: place, by: .after(.seconds(20)))
            var isTLS = false
            while let piece = try Self.next(of: client, and: upstream) {
                guard piece.isFromClient else {
                    try client.writeAll(piece.bytes)
                    continue
                }
                if !isTLS, piece.bytes.first == handshakeRecordType {
                    isTLS = true
                    try meddle()
                }
                try upstream.writeAll(piece.bytes)
            }
        }
        address = "127.0.0.1:\(raw.port)"
    }

    /// What one of them says next; nil when one has ended.
    private static func next(
        of client: borrowing Descriptor,
        and upstream: borrowing Descriptor
    ) throws -> (isFromClient: Bool, bytes: [UInt8])? {
        let deadline = Deadline.after(.seconds(60))
        while !deadline.isPassed {
            var poll = Poll()
            let places = [poll.add(client.number, for: .readable), poll.add(upstream.number, for: .readable)]
            try poll.wait(until: deadline)
            let isFromClient = !poll.readiness(at: places[0]).isEmpty
            let (result, bytes) = try isFromClient ? client.read(atMost: 65_536) : upstream.read(atMost: 65_536)
            if result == .ended { return nil }
            if !bytes.isEmpty { return (isFromClient, bytes) }
        }
        return nil
    }
}

/// RFC 8446 §5.1.
private let handshakeRecordType: UInt8 = 22
