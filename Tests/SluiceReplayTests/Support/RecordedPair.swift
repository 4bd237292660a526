import Fixtures
import Sluice
import SluiceReplay
import Synchronization

/// Two engines that talk in memory, each with a recorder, and what both journals came to.
struct RecordedPair: Sendable {
    var version = TLSVersion.tls13
    var seed: UInt64 = 1
    var time = UnixTime(secondsSince1970: Fixtures.now)
    var session: TLSSession?
    /// The most that is fed at once while the two shake hands.
    var cut = Int.max
    var changeClient: @Sendable (inout TLSClientConfiguration) -> Void = { _ in }
    var changeServer: @Sendable (inout TLSServerConfiguration) -> Void = { _ in }

    struct Journals {
        let client: [UInt8]
        let server: [UInt8]
    }

    /// Shakes hands, lets `talk` do what it likes, and carries all bytes until both ends rest.
    func journals(
        _ talk: (inout TLSEngine, inout TLSEngine) throws -> Void = RecordedPair.converse
    ) throws -> Journals {
        let files = (client: MemoryFile(), server: MemoryFile())
        let contextSeed = RandomSeed(dangerouslyPredictable: seed)
        var clientConfiguration = TLSClientConfiguration.client(to: "server.test")
        clientConfiguration.verification = .roots(try .pem(Fixtures.root))
        clientConfiguration.parameters.versions = version...version
        changeClient(&clientConfiguration)
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        var serverConfiguration = TLSServerConfiguration.server(identity)
        serverConfiguration.parameters.versions = version...version
        changeServer(&serverConfiguration)
        var client = try TLSEngine(
            TLSContext(clientConfiguration, seed: contextSeed),
            resuming: session,
            seed: contextSeed.derived(for: "client \(time.secondsSince1970)"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", place: "memory", writingTo: files.client.append)
        )
        var server = try TLSEngine(
            TLSContext(serverConfiguration, seed: contextSeed),
            seed: contextSeed.derived(for: "server \(time.secondsSince1970)"),
            time: time,
            recorder: JournalRecorder(recordedBy: "a test", writingTo: files.server.append)
        )
        Self.carry(&client, &server, cut: cut)
        try talk(&client, &server)
        Self.carry(&client, &server)
        while client.nextEvent() != nil {}
        while server.nextEvent() != nil {}
        return Journals(client: files.client.bytes, server: files.server.bytes)
    }

    /// Data both ways, new keys, and the close.
    static func converse(_ client: inout TLSEngine, _ server: inout TLSEngine) throws {
        try client.write(Array("a question".utf8))
        carry(&client, &server)
        _ = try server.read()
        try server.write(Array(repeating: 7, count: 40_000))
        for _ in 0..<10 {
            carry(&client, &server)
            while try !client.read().isEmpty {}
        }
        _ = try client.updateKeys(requestingPeer: true)
        carry(&client, &server)
        try client.close()
        carry(&client, &server)
        try server.close()
    }

    /// Carries until nothing moves; an end that throws has told its recorder.
    static func carry(_ client: inout TLSEngine, _ server: inout TLSEngine, cut: Int = .max) {
        for _ in 0..<1000 {
            let up = client.drain()
            feed(up, to: &server, cut: cut)
            let down = server.drain()
            feed(down, to: &client, cut: cut)
            if up.isEmpty, down.isEmpty { return }
        }
    }

    private static func feed(_ bytes: [UInt8], to engine: inout TLSEngine, cut: Int) {
        var rest = bytes[...]
        while !rest.isEmpty {
            _ = try? engine.feed(Array(rest.prefix(cut)))
            rest = rest.dropFirst(cut)
        }
    }
}

/// A file in memory.
final class MemoryFile: Sendable {
    private let contents = Mutex<[UInt8]>([])

    var bytes: [UInt8] { contents.withLock { $0 } }

    func append(_ bytes: [UInt8]) {
        contents.withLock { $0 += bytes }
    }
}
