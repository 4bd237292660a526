import Fixtures
import Sluice
import Testing

struct PeerCertificateDecisionTests {
    @Test(arguments: TLSVersion.allCases, [Fixtures.serverECDSA, Fixtures.expired])
    func `a client shows the chain with the verdict and can accept it`(
        version: TLSVersion,
        identity: Fixtures.Identity
    ) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.decisions = .peerCertificate },
            server: .fixture(version, identity)
        )
        pair.settle()
        guard case .peerCertificate(let request) = pair.outcome().client.decision else {
            Issue.record("the client wasn't asked")
            return
        }
        #expect(request.certificates == TLSIdentity.fixture(identity).certificateChain)
        #expect(request.failure?.reason == (identity == Fixtures.expired ? .certificateExpired : nil))
        try pair.client.resolve(.accept)
        let read = pair.exchange(fromClient: [1, 2], fromServer: [3])
        #expect(read.client == [3] && read.server == [1, 2])
    }

    @Test(arguments: TLSVersion.allCases, CertificateRejection.allCases)
    func `a client's rejection reaches the server as that alert`(
        version: TLSVersion,
        reason: CertificateRejection
    ) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.decisions = .peerCertificate },
            server: .fixture(version)
        )
        pair.settle()
        let error = #expect(throws: TLSError.self) { try pair.client.resolve(.reject(reason)) }
        #expect(error?.code == .decisionRefused && error?.alert == TLSError.Alert(reason.alert, sentBy: .local))
        pair.settle()
        #expect(pair.outcome().server.failure?.alert == TLSError.Alert(reason.alert, sentBy: .peer))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client's rejection counts where nothing else is checked`(version: TLSVersion) throws {
        for isAccepted in [false, true] {
            var pair = try EnginePair(
                client: .fixture(version) {
                    $0.verification = .dangerouslyNone
                    $0.parameters.decisions = .peerCertificate
                },
                server: .fixture(version, Fixtures.expired)
            )
            pair.settle()
            if isAccepted {
                try pair.client.resolve(.accept)
            } else {
                let error = #expect(throws: TLSError.self) { try pair.client.resolve(.reject(.unknownCA)) }
                #expect(error?.code == .decisionRefused)
            }
            pair.settle()
            expect(pair.client.isEstablished == isAccepted && pair.server.isEstablished == isAccepted)
        }
    }

    private static func judgingServer(_ version: TLSVersion) -> TLSServerConfiguration {
        .fixture(version) {
            $0.clientAuthentication = .required(.roots(.fixture))
            $0.parameters.decisions = .peerCertificate
        }
    }

    @Test(arguments: TLSVersion.allCases, [Fixtures.client, Fixtures.selfSigned])
    func `a server withholds everything until its verdict`(version: TLSVersion, identity: Fixtures.Identity) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.identity = .fixture(identity) },
            server: Self.judgingServer(version)
        )
        pair.settle()
        let written = try pair.client.write([1, 2, 3])
        #expect(written == (version == .tls13 ? 3 : 0))
        pair.settle()
        let waiting = pair.outcome().server
        #expect(waiting.needs == .decision && waiting.state == .handshaking && waiting.summary == nil)
        #expect(pair.readServer() == [])
        let early = pair.clientEvents().contains { if case .sessionReceived = $0 { true } else { false } }
        #expect(!early)
        guard case .peerCertificate(let request) = waiting.decision else {
            Issue.record("the server wasn't asked")
            return
        }
        #expect(request.certificates.first == TLSIdentity.fixture(identity).leaf)
        #expect((request.failure == nil) == (identity == Fixtures.client))
        try pair.server.resolve(.accept)
        if version == .tls12 {
            pair.settle()
            try pair.client.write([1, 2, 3])
        }
        let read = pair.settleReading()
        #expect(read.server == [1, 2, 3])
        let late = pair.clientEvents().contains { if case .sessionReceived = $0 { true } else { false } }
        #expect(late)
    }

    @Test(arguments: TLSVersion.allCases, CertificateRejection.allCases)
    func `a server's rejection reaches the client as that alert`(
        version: TLSVersion,
        reason: CertificateRejection
    ) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.identity = .fixture(Fixtures.client) },
            server: Self.judgingServer(version)
        )
        pair.settle()
        let error = #expect(throws: TLSError.self) { try pair.server.resolve(.reject(reason)) }
        #expect(error?.code == .decisionRefused && error?.alert == TLSError.Alert(reason.alert, sentBy: .local))
        _ = pair.settleReading()
        #expect(pair.outcome().client.failure?.alert == TLSError.Alert(reason.alert, sentBy: .peer))
        #expect(pair.outcome().server.state == .failed(try #require(error)))
        let told = pair.serverEvents().filter { if case .alertSent = $0 { true } else { false } }
        #expect(told == [.alertSent(reason.alert)])
    }

    @Test(arguments: TLSVersion.allCases)
    func `a verdict is asked for once: a resumption carries it over`(version: TLSVersion) throws {
        let server = try TLSContext(Self.judgingServer(version))
        let client = TLSClientConfiguration.fixture(version) { $0.identity = .fixture(Fixtures.client) }
        var first = EnginePair(try TLSEngine(client), try TLSEngine(server))
        first.settle()
        try first.server.resolve(.accept)
        _ = first.exchange(fromClient: [1], fromServer: [2])
        let sessions = first.clientSessions()
        var second = EnginePair(try TLSEngine(client, resuming: sessions.last), try TLSEngine(server))
        let read = second.exchange(fromClient: [1], fromServer: [2])
        #expect(second.outcome().server.summary?.isResumed == true && read.server == [1] && read.client == [2])
    }

    @Test(arguments: TLSVersion.allCases)
    func `a server accepted against the verdict resumes only where the owner is asked`(version: TLSVersion) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version, Fixtures.expired))
        let asking = TLSClientConfiguration.fixture(version) { $0.parameters.decisions = .peerCertificate }
        var first = EnginePair(try TLSEngine(asking), try TLSEngine(server))
        first.settle()
        try first.client.resolve(.accept)
        _ = first.exchange(fromClient: [1], fromServer: [2])
        let sessions = first.clientSessions()
        let session = try TLSSession(exported: #require(sessions.last).exported())
        var careful = EnginePair(try TLSEngine(.fixture(version), resuming: session), try TLSEngine(server))
        careful.settle()
        #expect(careful.outcome().client.failure?.verification?.reason == .certificateExpired)
        let careless = TLSClientConfiguration.fixture(version) { $0.verification = .dangerouslyNone }
        var other = EnginePair(try TLSEngine(careless, resuming: session), try TLSEngine(server))
        other.settle()
        #expect(other.outcome().client.summary?.isResumed == false)
        var again = EnginePair(try TLSEngine(asking, resuming: session), try TLSEngine(server))
        again.settle()
        #expect(again.outcome().client.summary?.isResumed == true)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client accepted by the owner resumes only where the owner is asked`(version: TLSVersion) throws {
        let key = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        func server(_ decisions: TLSParameters.Decisions) throws -> TLSContext {
            try TLSContext(
                TLSServerConfiguration.fixture(version) {
                    $0.sessions.ticketKeys = [key]
                    $0.clientAuthentication = .required(.roots(.fixture))
                    $0.parameters.decisions = decisions
                }
            )
        }
        let client = TLSClientConfiguration.fixture(version) { $0.identity = .fixture(Fixtures.selfSigned) }
        var first = EnginePair(try TLSEngine(client), try TLSEngine(server(.peerCertificate)))
        first.settle()
        try first.server.resolve(.accept)
        _ = first.exchange(fromClient: [1], fromServer: [2])
        let sessions = first.clientSessions()
        var second = EnginePair(try TLSEngine(client, resuming: sessions.last), try TLSEngine(server([])))
        second.settle()
        #expect(second.outcome().server.failure?.verification?.reason == .selfSignedLeaf)
    }
}
