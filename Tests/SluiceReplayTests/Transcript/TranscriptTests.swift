import Fixtures
import Sluice
import Testing

@testable import SluiceReplay
import SluiceSimulation

@Suite struct `A transcript` {
    @Test(arguments: [TLSVersion.tls12, .tls13], [Int.max, 1, 700])
    func `tells a conversation message by message, however it was cut`(version: TLSVersion, cut: Int) throws {
        let (client, server) = try RecordedPair(version: version, cut: cut).transcripts()
        #expect(client.repetition == .same && server.repetition == .same)
        #expect(client.words(.sent) == server.words(.received))
        #expect(client.words(.received) == server.words(.sent))
        #expect(client.words(.sent) == (version == .tls13 ? Expected.upTLS13 : Expected.upTLS12))
        #expect(client.words(.received) == (version == .tls13 ? Expected.downTLS13 : Expected.downTLS12))
    }

    @Test func `has the hellos of a HelloRetryRequest`() throws {
        let pair = RecordedPair(
            changeClient: { $0.parameters.groups = ["X25519", "P-384"] },
            changeServer: { $0.parameters.groups = ["P-384"] }
        )
        let (client, server) = try pair.transcripts()
        #expect(client.words(.sent).prefix(3) == ["ClientHello", "ChangeCipherSpec", "ClientHello"])
        #expect(server.words(.sent).prefix(3) == ["HelloRetryRequest", "ChangeCipherSpec", "ServerHello"])
        let hellos = server.serverHellos
        #expect(hellos.map(\.group) == [24, 24] && hellos.allSatisfy { $0.version == 0x0304 })
    }

    @Test func `knows a resumption by the hello`() throws {
        let first = try Journal(parsing: try RecordedPair().journals().client)
        let sessions = first.entries.compactMap { entry -> TLSSession? in
            if case .event(.sessionReceived(let session)) = entry.call.outcome { session } else { nil }
        }
        let session: TLSSession = try #require(sessions.first)
        let second = try RecordedPair(session: session).transcripts()
        #expect(second.client.serverHellos.map(\.acceptsResumption) == [true])
        #expect(!second.client.words(.received).contains("Certificate"))
    }

    @Test func `tells the alert that ended a handshake, at both ends`() throws {
        let pair = RecordedPair(changeClient: { $0.serverName = "elsewhere.test" })
        let (client, server) = try pair.transcripts { _, _ in }
        #expect(client.words(.sent).last == "bad_certificate" && server.words(.received).last == "bad_certificate")
    }

    @Test func `has the keys that decrypt the connection`() throws {
        let tls13 = try RecordedPair().transcripts().client.keyLog
        #expect(Set(tls13.map { $0.prefix { $0 != " " } }).isSuperset(of: Expected.secretsTLS13))
        #expect(
            try RecordedPair(version: .tls12).transcripts().server.keyLog.map { $0.prefix(13) } == ["CLIENT_RANDOM"]
        )
    }

    @Test func `sees through a decision for another context`() throws {
        let identity = try TLSIdentity(pemChain: Fixtures.serverRSA.chain, pemKey: Fixtures.serverRSA.key)
        let other = try TLSContext(.server(.server(identity)), seed: RandomSeed(dangerouslyPredictable: 3))
        let pair = RecordedPair(changeServer: { $0.parameters.decisions = .clientHello })
        let (_, server) = try pair.transcripts { client, server in
            try server.resolve(ClientHelloAnswer.use(other))
            RecordedPair.carry(&client, &server)
            try RecordedPair.converse(&client, &server)
        }
        #expect(server.repetition == .same)
        #expect(server.words(.sent) == Expected.downTLS13)
        #expect(server.steps.contains { if case .note(.answered(.clientHello), _) = $0 { true } else { false } })
    }

    @Test func `puts every byte into a flight, in order`() throws {
        let (client, server) = try RecordedPair().transcripts()
        for transcript in [client, server] {
            let flights = transcript.steps.compactMap { if case .flight(let flight) = $0 { flight } else { nil } }
            let bytes = transcript.calls.compactMap(\.ciphertext).map(\.bytes.count).reduce(0, +)
            #expect(flights.map(\.byteCount).reduce(0, +) == bytes)
            #expect(flights.flatMap(\.records).map(\.wireByteCount).reduce(0, +) == bytes)
            #expect(flights.flatMap(\.entries) == flights.flatMap(\.entries).sorted())
        }
    }

    @Test func `gives up a message in the clear that never ends`() throws {
        let beginning = try Journal(parsing: RecordedPair().journals().client).header.beginning
        let record: [UInt8] = [22, 3, 3, 64, 0] + [UInt8](repeating: 0xff, count: 16_384)
        let calls = (0..<64).map { _ in TLSCall(.feed(record, offered: record.count), .count(record.count)) }
        let records = Transcript(beginning, calls).records
        #expect(records.count == 64 && records.last?.contents == [])
    }

    @Test func `of a journal that can't be repeated has what is in the clear`() throws {
        var journal = try Journal(parsing: try RecordedPair().journals().client)
        let beginning = journal.header.beginning
        journal.header = JournalHeader(
            recordedBy: "a test",
            beginning: TLSBeginning(
                configuration: beginning.configuration,
                contextSeed: beginning.contextSeed,
                seed: RandomSeed(dangerouslyPredictable: 99),
                time: beginning.time
            )
        )
        let transcript = Transcript(of: journal)
        #expect(transcript.repetition == .diverged(entry: 0))
        #expect(transcript.words(.received) == ["ServerHello", "ChangeCipherSpec"])
        #expect(transcript.records.count > 8 && transcript.summary != nil && transcript.finalState == nil)
    }

    @Test func `takes bytes that are no TLS`() throws {
        let (client, _) = try RecordedPair().transcripts { _, _ in }
        let beginning = try Journal(parsing: try RecordedPair().journals().client).header.beginning
        let http = Array("HTTP/1.1 400 Bad Request".utf8)
        for bytes in [http, [22], [22, 3, 3, 255, 255, 1], [22, 3, 3, 0, 4, 2, 255, 255, 255]] {
            let calls = [TLSCall(.feed(bytes, offered: bytes.count), .count(bytes.count))]
            #expect(Transcript(beginning, calls).records.count == (bytes.count == 9 ? 1 : 0))
        }
        #expect(!client.records.isEmpty)
    }

    @Test(arguments: 0..<40)
    func `takes a journal with any byte changed`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var journal = try Journal(parsing: try RecordedPair(version: seed % 2 == 0 ? .tls12 : .tls13).journals().server)
        let index = Int.random(in: 0..<journal.entries.count, using: &generator)
        guard case .feed(var bytes, let offered) = journal.entries[index].call.verb, !bytes.isEmpty else { return }
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        journal.entries[index] = JournalEntry(TLSCall(.feed(bytes, offered: offered), .count(bytes.count)))
        #expect(Transcript(of: journal).records.count > 0)
    }
}

/// What crosses when two engines converse.
private enum Expected {
    static let upTLS13 = [
        "ClientHello", "ChangeCipherSpec", "Finished", "10 bytes", "KeyUpdate", "close_notify",
    ]
    static let downTLS13 = [
        "ServerHello", "ChangeCipherSpec", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished",
        "NewSessionTicket", "NewSessionTicket", "16384 bytes", "close_notify",
    ]
    static let secretsTLS13: Set<Substring> = [
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET", "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0",
        "SERVER_TRAFFIC_SECRET_0",
    ]
    static let upTLS12 = [
        "ClientHello", "ClientKeyExchange", "ChangeCipherSpec", "Finished", "10 bytes", "close_notify",
    ]
    static let downTLS12 = [
        "ServerHello", "Certificate", "ServerKeyExchange", "ServerHelloDone", "NewSessionTicket", "ChangeCipherSpec",
        "Finished", "16384 bytes", "close_notify",
    ]
}

extension RecordedPair {
    /// The transcripts of both ends.
    func transcripts(
        _ talk: (inout TLSEngine, inout TLSEngine) throws -> Void = RecordedPair.converse
    ) throws -> (client: Transcript, server: Transcript) {
        let journals = try journals(talk)
        let (client, server) = (try Journal(parsing: journals.client), try Journal(parsing: journals.server))
        return (Transcript(of: client), Transcript(of: server))
    }
}

extension Transcript {
    /// The ServerHellos, whoever sent them.
    var serverHellos: [ServerHello] {
        records.flatMap(\.contents).compactMap { if case .serverHello(let hello) = $0 { hello } else { nil } }
    }

    /// What went one way, in a word for each thing.
    func words(_ direction: TLSDirection) -> [String] {
        records.filter { $0.direction == direction }.flatMap(\.contents).compactMap { content in
            switch content {
            case .changeCipherSpec: "ChangeCipherSpec"
            case .clientHello: "ClientHello"
            case .serverHello(let hello): hello.isRetryRequest ? "HelloRetryRequest" : "ServerHello"
            case .message(let message): message.description
            case .messagePart: nil
            case .alert(let alert): alert.description
            case .applicationData(let count): count.map { "\($0) bytes" } ?? "bytes"
            }
        }
    }
}
