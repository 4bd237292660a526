import Fixtures
import Sluice
import Testing

/// The code of the articles "Verification" and "Decisions".
struct VerificationExamples {
    @Test func `own roots and a revocation list`() throws {
        let (rootPEM, listPEM) = (Fixtures.root, Fixtures.bytes("intermediate.crl.pem"))

        var configuration = TLSClientConfiguration.client(to: "server.test")
        configuration.verification = .roots(try .pem(rootPEM))
        configuration.verification.revocationLists = try RevocationList.lists(pem: listPEM)

        configuration.parameters.time = .fixture
        var pair = try EnginePair(client: configuration, server: .fixture(nil, Fixtures.revoked))
        pair.settle()
        #expect(pair.outcome().client.failure?.verification?.reason == .revoked)
    }

    @Test func `a server with an OCSP response`() throws {
        let (identity, ocspFile) = (TLSIdentity.fixture(Fixtures.serverECDSA), ForgedOCSPResponse().der)
        var configuration = TLSServerConfiguration.fixture()

        let response = try OCSPResponse(der: ocspFile)
        let stapled = try identity.stapling(response)
        configuration.identities = [stapled]

        var pair = try EnginePair(client: .fixture(), server: configuration)
        pair.settle()
        #expect(pair.outcome().client.summary != nil && stapled.ocspAnswer?.nextUpdate == 1_736_294_400)
    }

    @Test func `a server that asks its clients for certificates`() throws {
        let identity = TLSIdentity.fixture(Fixtures.serverECDSA)
        let clientRootPEM = Fixtures.root

        var configuration = TLSServerConfiguration.server(identity)
        configuration.clientAuthentication = .required(.roots(try .pem(clientRootPEM)))

        configuration.parameters.time = .fixture
        let client = TLSClientConfiguration.fixture { $0.identity = .fixture(Fixtures.client) }
        var pair = try EnginePair(client: client, server: configuration)
        pair.settle()
        #expect(pair.outcome().server.summary?.peerCertificates.first?.subject.hasPrefix("CN=client") == true)
    }

    @Test(arguments: [true, false])
    func `a pinned certificate decides`(isPinned: Bool) throws {
        let leaf = try Certificate.certificates(pem: Fixtures.selfSigned.chain)[0]
        let pinned = isPinned ? leaf.sha256 : []
        let configuration = TLSClientConfiguration.fixture { $0.parameters.decisions = [.peerCertificate] }
        var pair = try EnginePair(client: configuration, server: .fixture(nil, Fixtures.selfSigned))
        pair.settle()
        try answer(&pair.client, pinned: pinned, isRefusalExpected: !isPinned)
        pair.settle()
        #expect((pair.outcome().client.summary != nil) == isPinned)
        #expect(pair.outcome().server.failure?.alert?.description == (isPinned ? nil : .certificateUnknown))
    }

    private func answer(_ engine: inout TLSEngine, pinned: [UInt8], isRefusalExpected: Bool) throws {
        do throws(TLSError) {
            if case .peerCertificate(let request) = engine.pendingDecision {
                let isPinned = request.certificates.first?.sha256 == pinned
                try engine.resolve(isPinned ? .accept : .reject(.certificateUnknown))
            }
        } catch {
            #expect(isRefusalExpected && error.code == .decisionRefused)
        }
    }

    @Test func `a server chooses by the name that the client asks for`() throws {
        let (contexts, fallback) = (
            ["server.test": try TLSContext(TLSServerConfiguration.fixture())], TLSAlert.unrecognizedName
        )
        let configuration = TLSServerConfiguration.fixture(nil, Fixtures.other) {
            $0.parameters.decisions = [.clientHello]
        }
        var pair = try EnginePair(client: .fixture(), server: configuration)
        pair.settle()
        try choose(&pair.server, among: contexts, fallback)
        pair.settle()
        #expect(pair.outcome().client.summary != nil)
    }

    private func choose(_ engine: inout TLSEngine, among contexts: [String: TLSContext], _ fallback: TLSAlert) throws {
        if case .clientHello(let hello) = engine.pendingDecision {
            if let context = hello.serverName.flatMap({ contexts[$0] }) {
                try engine.resolve(.use(context))
            } else {
                try engine.resolve(.refuse(fallback))
            }
        }
    }
}
