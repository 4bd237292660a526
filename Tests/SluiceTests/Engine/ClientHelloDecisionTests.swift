import Fixtures
import Sluice
import SluiceSimulation
import Synchronization
import Testing

struct ClientHelloDecisionTests {
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
