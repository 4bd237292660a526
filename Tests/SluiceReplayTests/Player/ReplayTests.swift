import Fixtures
import Foundation
import Sluice
import SluiceReplay
import Testing

@Suite struct `A replay` {
    @Test(arguments: ReplayScenario.clean + ReplayScenario.decisions)
    func `comes to what was recorded`(scenario: ReplayScenario) throws {
        for journal in try scenario.journals() {
            let summary = try JournalPlayer.replay(journal)
            #expect(summary.entryCount == journal.entries.count)
            #expect(summary.counters.ciphertextBytesSent > 0)
        }
    }

    @Test(arguments: ReplayScenario.failing)
    func `comes to recorded failures`(scenario: ReplayScenario) throws {
        let journals = try scenario.journals()
        let failures = journals.flatMap { journal in journal.entries.compactMap(\.call.failure) }
        #expect(!failures.isEmpty)
        for journal in journals { _ = try JournalPlayer.replay(journal) }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [Int64(0), 1000])
    func `comes to a resumption`(version: TLSVersion, age: Int64) throws {
        var pair = RecordedPair(version: version)
        let first = try Journal(parsing: pair.journals().client)
        pair.session = first.entries.compactMap(\.session).last
        pair.time = UnixTime(secondsSince1970: Fixtures.now + age)
        let journals = try pair.journals()
        for bytes in [journals.client, journals.server] {
            let journal = try Journal(parsing: bytes)
            #expect(journal.entries.contains { $0.isResumed })
            _ = try JournalPlayer.replay(journal)
        }
    }

    @Test(
        .enabled(if: StatusAuthority.canBeMade),
        arguments: [TLSVersion.tls12, .tls13],
        StatusAuthority.Leaf.allCases
    )
    func `comes to a server that staples`(version: TLSVersion, leaf: StatusAuthority.Leaf) throws {
        let authority = try StatusAuthority()
        let response = try OCSPResponse(der: authority.bytes(at: authority.responsePath(leaf)))
        let identity = try TLSIdentity(
            pemChain: authority.bytes(at: authority.chainPath(leaf)),
            pemKey: authority.bytes(at: authority.keyPath(leaf))
        ).stapling(response)
        let roots = try TrustRoots.pem(authority.bytes(at: authority.rootPath))
        let pair = RecordedPair.fixture(
            version,
            client: { $0.verification = .roots(roots) },
            server: { $0.identities = [identity] }
        )
        let bytes = try pair.journals().server
        let journal = try Journal(parsing: bytes)
        guard case .server(let configuration) = journal.header.beginning.configuration else { return }
        #expect(configuration.identities.map(\.ocspResponse) == [response] && journal.encoded() == bytes)
        _ = try JournalPlayer.replay(journal)
    }

    @Test func `comes to what a root's trust settings forbid`() throws {
        // The settings of `openssl x509 -trustout -addreject serverAuth`: SEQUENCE { [0] { 1.3.6.1.5.5.7.3.1 } }.
        let settings: [UInt8] = [0x30, 0x0c, 0xa0, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01]
        let trusted = Data(Fixtures.bytes("root.der") + settings).base64EncodedString(options: .lineLength64Characters)
        let label = "TRUSTED CERTIFICATE-----"
        let pem = "-----BEGIN \(label)\n\(trusted)\n-----END \(label)\n"
        let roots = try TrustRoots.pem(Array(pem.utf8))
        let pair = RecordedPair.fixture(.tls13, client: { $0.verification = .roots(roots) })
        let journal = try Journal(parsing: pair.journals { _, _ in }.client)
        #expect(journal.entries.contains { $0.call.failure?.code == .verificationFailed })
        _ = try JournalPlayer.replay(journal)
    }

    @Test func `goes step by step, with the engine to look at`() throws {
        let journal = try Journal(parsing: RecordedPair().journals().client)
        var replay = try JournalReplay(journal)
        var states: [Bool] = []
        while let entry = try replay.step() {
            #expect(entry.line == replay.position + 1)
            states.append(replay.engine.isEstablished)
        }
        #expect(states.first == false && states.last == true)
        let again = try replay.step()
        #expect(again == nil && replay.position == journal.entries.count)
        let engine = replay.takeEngine()
        let state = engine.state
        #expect(state == .closed)
    }

    @Test func `tells its recorder the same calls`() throws {
        let bytes = try RecordedPair().journals().server
        let journal = try Journal(parsing: bytes)
        let copy = MemoryFile()
        var replay = try JournalReplay(journal, recorder: JournalRecorder(recordedBy: "a test", writingTo: copy.append))
        try replay.finish()
        #expect(copy.bytes == bytes)
    }
}

extension JournalEntry {
    fileprivate var session: TLSSession? {
        if case .event(.sessionReceived(let session)) = call.outcome { session } else { nil }
    }

    fileprivate var isResumed: Bool {
        if case .event(.handshakeCompleted(let summary)) = call.outcome { summary.isResumed } else { false }
    }
}
