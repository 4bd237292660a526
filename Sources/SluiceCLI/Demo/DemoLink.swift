import Sluice

/// A client and a server engine and what carries bytes between them: nothing but two calls.
struct DemoLink: ~Copyable {
    /// The client.
    var client: TLSEngine
    /// The server.
    var server: TLSEngine
    /// What crossed, in order.
    private(set) var flights: [Flight] = []
    /// Sessions that the client was given.
    private(set) var sessionCount = 0

    /// Into pieces of so many bytes each flight is cut.
    private let chunk: Int

    init(client: consuming TLSEngine, server: consuming TLSEngine, chunk: Int) {
        self.client = client
        self.server = server
        self.chunk = chunk
    }

    /// Carries flights until neither end has anything to say. A note tells what the first one holds, where its messages
    /// don't.
    mutating func settle(_ note: String? = nil) throws(TLSError) {
        var note = note
        while true {
            let up = try Self.carry(.client, from: &client, to: &server, cut: chunk)
            if let up { add(up, Self.messages(of: &client, &sessionCount), &note) }
            let down = try Self.carry(.server, from: &server, to: &client, cut: chunk)
            if let down { add(down, Self.messages(of: &server, &sessionCount), &note) }
            if up == nil, down == nil { return }
        }
    }

    private mutating func add(_ flight: Flight, _ messages: [String], _ note: inout String?) {
        var flight = flight
        flight.contents = messages + (note.map { [$0] } ?? [])
        note = nil
        flights.append(flight)
    }

    /// Feeds one end what the other drains. Returns nil if that is nothing.
    private static func carry(
        _ sender: Ladder.End,
        from source: inout TLSEngine,
        to destination: inout TLSEngine,
        cut chunk: Int
    ) throws(TLSError) -> Flight? {
        let bytes = source.drain()
        guard !bytes.isEmpty else { return nil }
        var pieceCount = 0
        var rest = bytes[...]
        while !rest.isEmpty {
            let taken = try destination.feed(Array(rest.prefix(chunk)))
            // Nothing in the demo is larger than a ring, so an end that takes nothing has closed.
            if taken == 0 { break }
            rest = rest.dropFirst(taken)
            pieceCount += 1
        }
        return Flight(sender: sender, byteCount: bytes.count, pieceCount: pieceCount)
    }

    /// The names of the handshake messages that an end sent since it was last asked.
    private static func messages(of engine: inout TLSEngine, _ sessionCount: inout Int) -> [String] {
        var names: [String] = []
        while let event = engine.nextEvent() {
            switch event {
            case .message(let message) where message.direction == .sent: names.append(message.description)
            case .record(let record) where record.direction == .sent && record.contentType == changeCipherSpec:
                names.append("ChangeCipherSpec")
            case .sessionReceived: sessionCount += 1
            default: break
            }
        }
        return names
    }
}

/// The content type of a record that says: from here on encrypted. TLS 1.3 sends it for old middleboxes alone.
private let changeCipherSpec: UInt8 = 20
