import Fixtures
import Sluice
import Synchronization
import Testing

struct DecisionTests {
    // MARK: ClientHello

    private static func askingServer(_ version: TLSVersion) -> TLSServerConfiguration {
        .fixture(version) { $0.parameters.decisions = .clientHello }
    }

    private static func curiousClient(_ version: TLSVersion) -> TLSClientConfiguration {
        .fixture(version) { $0.parameters.applicationProtocols = ["h2", "http/1.1"] }
    }

    @Test(arguments: TLSVersion.allCases, Cut.allCases)
    func `a ClientHello is shown whole and the handshake waits`(version: TLSVersion, cut: Cut) throws {
        var pair = try EnginePair(client: Self.curiousClient(version), server: Self.askingServer(version), cut: cut)
        pair.settle()
        let waiting = pair.outcome().server
        #expect(waiting.needs == .decision && waiting.summary == nil)
        guard case .clientHello(let hello) = waiting.decision else {
            Issue.record("no ClientHello: \(String(describing: waiting.decision))")
            return
        }
        #expect(hello.serverName == "server.test")
        #expect(hello.applicationProtocols == ["h2", "http/1.1"])
        #expect(hello.supportedVersions.contains(version.rawValue))
        #expect(hello.groups.contains(0x001D) && hello.signatureAlgorithms.contains(0x0403))
        #expect(hello.message.first == 1 && !hello.cipherSuites.isEmpty && !hello.offersResumption)
        try pair.server.resolve(.proceed)
        pair.settle()
        #expect(pair.outcome().client.state == .open && pair.outcome().server.state == .open)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a ClientHello can be answered with another context`(version: TLSVersion) throws {
        let other = try TLSContext(
            TLSServerConfiguration.fixture(version, Fixtures.serverRSA) {
                $0.parameters.applicationProtocols = ["http/1.1"]
                $0.parameters.groups = ["P-384", "P-256"]
                $0.clientAuthentication = .required(.roots(.fixture))
            }
        )
        var pair = try EnginePair(
            client: .fixture(version) {
                $0.parameters.applicationProtocols = ["h2", "http/1.1"]
                $0.identity = .fixture(Fixtures.client)
            },
            server: Self.askingServer(version)
        )
        pair.settle()
        try pair.server.resolve(.use(other))
        pair.settle()
        let summary = try #require(pair.outcome().client.summary)
        #expect(summary.peerCertificates.first == TLSIdentity.fixture(Fixtures.serverRSA).leaf)
        #expect(summary.applicationProtocol == "http/1.1" && summary.group == "secp384r1")
        #expect(pair.outcome().server.summary?.peerCertificates.isEmpty == false)
    }

    @Test(arguments: TLSVersion.allCases)
    func `tickets stay the first context's, whatever context comes later`(version: TLSVersion) throws {
        let key = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        let first = try TLSContext(
            TLSServerConfiguration.fixture(version) {
                $0.sessions.ticketKeys = [key]
                $0.parameters.decisions = .clientHello
            }
        )
        let other = try TLSContext(TLSServerConfiguration.fixture(version, Fixtures.serverRSA))
        var sessions: [TLSSession] = []
        for isResumed in [false, true] {
            var pair = EnginePair(
                try TLSEngine(.fixture(version), resuming: sessions.last),
                try TLSEngine(first)
            )
            pair.settle()
            try pair.server.resolve(.use(other))
            let read = pair.exchange(fromClient: [1], fromServer: [2])
            #expect(read.server == [1] && pair.outcome().client.summary?.isResumed == isResumed)
            for case .sessionReceived(let session) in pair.clientEvents() { sessions.append(session) }
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `nothing of the first context's suites and groups is left`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) {
                // P-256 for the sake of the certificate, see `TLSParameters.groups`.
                $0.parameters.groups = ["X25519", "P-256"]
                $0.parameters.cipherSuites = ["TLS_AES_128_GCM_SHA256"]
                $0.parameters.tls12CipherSuites = ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"]
            },
            server: .fixture(version) {
                $0.parameters.groups = ["P-384"]
                $0.parameters.cipherSuites = ["TLS_CHACHA20_POLY1305_SHA256"]
                $0.parameters.tls12CipherSuites = ["ECDHE-ECDSA-CHACHA20-POLY1305"]
                $0.parameters.decisions = .clientHello
            }
        )
        pair.settle()
        try pair.server.resolve(.use(TLSContext(TLSServerConfiguration.fixture(version))))
        pair.settle()
        let summary = try #require(pair.outcome().client.summary)
        #expect(summary.group == "x25519" && summary.cipherSuite.name.hasSuffix("AES_128_GCM_SHA256"))
    }

    @Test func `the other context's versions count`() throws {
        let old = try TLSContext(TLSServerConfiguration.fixture(.tls12))
        var pair = try EnginePair(client: .fixture(), server: .fixture { $0.parameters.decisions = .clientHello })
        pair.settle()
        try pair.server.resolve(.use(old))
        pair.settle()
        #expect(pair.outcome().client.summary?.version == .tls12)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a ClientHello can be answered with an identity`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version, serverName: "other.test"),
            server: .fixture(version) {
                $0.identities = []
                $0.parameters.decisions = .clientHello
            }
        )
        pair.settle()
        try pair.server.resolve(.useIdentity(.fixture(Fixtures.other)))
        pair.settle()
        #expect(pair.outcome().client.state == .open && pair.outcome().server.state == .open)
    }

    @Test(arguments: TLSVersion.allCases, [TLSAlert.unrecognizedName, .handshakeFailure, .accessDenied])
    func `a ClientHello can be refused with an alert`(version: TLSVersion, alert: TLSAlert) throws {
        var pair = try EnginePair(client: Self.curiousClient(version), server: Self.askingServer(version))
        pair.settle()
        let error = #expect(throws: TLSError.self) { try pair.server.resolve(.refuse(alert)) }
        #expect(error?.code == .decisionRefused && error?.alert == TLSError.Alert(alert, sentBy: .local))
        pair.settle()
        #expect(pair.outcome().client.failure?.alert == TLSError.Alert(alert, sentBy: .peer))
    }

    @Test func `a HelloRetryRequest asks only once`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) { $0.parameters.groups = ["X25519", "P-384"] },
            server: .fixture(.tls13) {
                $0.parameters.groups = ["P-384"]
                $0.parameters.decisions = .clientHello
            }
        )
        pair.settle()
        try pair.server.resolve(.proceed)
        pair.settle()
        #expect(pair.outcome().server.state == .open)
    }

    // MARK: A client's identity

    @Test(arguments: TLSVersion.allCases)
    func `a client chooses its identity when it knows who is accepted`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.decisions = .clientIdentity },
            server: .fixture(version) { $0.clientAuthentication = .required(.roots(.fixture)) }
        )
        pair.settle()
        guard case .clientIdentity(let request) = pair.outcome().client.decision else {
            Issue.record("the client wasn't asked")
            return
        }
        let root = try #require(try Certificate.certificates(pem: Fixtures.root).first)
        #expect(request.acceptableAuthorities == [root.subject])
        try pair.client.resolve(.present(.fixture(Fixtures.client)))
        pair.settle()
        #expect(pair.outcome().server.summary?.peerCertificates.first == TLSIdentity.fixture(Fixtures.client).leaf)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client may answer with none`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.decisions = .clientIdentity },
            server: .fixture(version) { $0.clientAuthentication = .optional(.roots(.fixture)) }
        )
        pair.settle()
        try pair.client.resolve(.presentNone)
        pair.settle()
        #expect(pair.outcome().server.summary?.peerCertificates == [] && pair.outcome().server.state == .open)
    }

    @Test func `a client that isn't asked for a certificate isn't asked to decide`() throws {
        var pair = try EnginePair(
            client: .fixture { $0.parameters.decisions = .clientIdentity },
            server: .fixture()
        )
        pair.settle()
        #expect(pair.outcome().client.state == .open)
    }

    // MARK: The peer's certificate

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
        let sessions = first.clientEvents().compactMap { event in
            if case .sessionReceived(let session) = event { session } else { nil }
        }
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
        let sessions = first.clientEvents().compactMap { event in
            if case .sessionReceived(let session) = event { session } else { nil }
        }
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
        let sessions = first.clientEvents().compactMap { event in
            if case .sessionReceived(let session) = event { session } else { nil }
        }
        var second = EnginePair(try TLSEngine(client, resuming: sessions.last), try TLSEngine(server([])))
        second.settle()
        #expect(second.outcome().server.failure?.verification?.reason == .selfSignedLeaf)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an answer may come from another thread`(version: TLSVersion) async throws {
        var client = try TLSEngine(TLSClientConfiguration.fixture(version))
        var server = try TLSEngine(Self.askingServer(version))
        try server.feed(client.drain())
        let slot = EngineSlot(server)
        let answer = try await Task.detached {
            try slot.engine.withLock { engine throws in
                try engine.resolve(.proceed)
                return engine.drain()
            }
        }.value
        try client.feed(answer)
        #expect(answer.count > 100)
    }
}

/// Lets an engine move between tasks: a closure that escapes can't capture what isn't copyable.
private final class EngineSlot: Sendable {
    let engine: Mutex<TLSEngine>

    init(_ engine: consuming TLSEngine) {
        self.engine = Mutex(engine)
    }
}
