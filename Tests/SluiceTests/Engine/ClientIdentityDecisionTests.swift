import Fixtures
import Sluice
import Testing

struct ClientIdentityDecisionTests {
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
}
