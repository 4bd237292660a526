import Fixtures
import Sluice
import SluiceReplay
import Synchronization

/// A conversation in memory, recorded at both ends: what is in the two files.
struct RecordedConversation {
    let client: [UInt8]
    let server: [UInt8]

    /// Records a greeting and a clean close. Different seeds make different journals.
    init(seed: UInt64 = 1) throws {
        let seed = RandomSeed(dangerouslyPredictable: seed)
        let time = UnixTime(secondsSince1970: Fixtures.now)
        let lines = (client: LineList(), server: LineList())
        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(try .pem(Fixtures.root))
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        var client = try TLSEngine(
            TLSContext(configuration, seed: seed),
            seed: seed.derived(for: "client"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", writingTo: lines.client.append)
        )
        var server = try TLSEngine(
            TLSContext(TLSServerConfiguration.server(identity), seed: seed),
            seed: seed.derived(for: "server"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", writingTo: lines.server.append)
        )
        while !client.isEstablished || !server.isEstablished {
            try server.feed(client.drain())
            try client.feed(server.drain())
        }
        try client.write(Array("hello".utf8))
        try client.close()
        try server.feed(client.drain())
        _ = try server.read()
        try server.close()
        try client.feed(server.drain())
        self.client = lines.client.bytes
        self.server = lines.server.bytes
    }

    /// The client's journal with one bit of its ClientHello's random flipped.
    func damagedClient() throws -> [UInt8] {
        var journal = try Journal(parsing: client)
        guard case .bytes(var bytes) = journal.entries[0].call.outcome else { return client }
        bytes[20] ^= 1
        journal.entries[0] = JournalEntry(TLSCall(journal.entries[0].call.verb, .bytes(bytes)))
        return journal.encoded()
    }
}

/// What a recorder wrote.
private final class LineList: Sendable {
    private let contents = Mutex<[UInt8]>([])

    var bytes: [UInt8] { contents.withLock { $0 } }

    func append(_ line: [UInt8]) {
        contents.withLock { $0 += line }
    }
}
