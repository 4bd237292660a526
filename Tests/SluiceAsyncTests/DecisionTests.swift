import Fixtures
import Sluice
import SluiceAsync
import Testing

/// Questions that are answered later.
@Suite(.timeLimit(.minutes(10)))
struct DecisionTests {
    /// Lets other tasks run for a while, and then some.
    private static func dawdle() async {
        for _ in 0..<200 { await Task.yield() }
    }

    @Test(arguments: TLSVersion.allCases, [AsyncTLSAppetite.exact, .ring])
    func `all kinds of decisions may take long at both ends`(
        version: TLSVersion,
        appetite: AsyncTLSAppetite
    ) async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 512)
        let identity = try TLSIdentity(pemChain: Fixtures.client.chain, pemKey: Fixtures.client.key)
        let client = try makeClient(version) { $0.parameters.decisions = [.clientIdentity, .peerCertificate] }
        let server = try makeServer { server in
            server.clientAuthentication = .required(.roots(try .pem(Fixtures.root)))
            server.parameters.decisions = [.clientHello, .peerCertificate]
        }
        let clientDecisions = AsyncTLSDecisions(
            clientIdentity: { request in
                #expect(request.acceptableAuthorities.count == 1)
                await Self.dawdle()
                return .present(identity)
            },
            peerCertificate: { request in
                #expect(request.failure == nil)
                await Self.dawdle()
                return .accept
            }
        )
        let serverDecisions = AsyncTLSDecisions(
            clientHello: { hello in
                #expect(hello.serverName == "server.test")
                await Self.dawdle()
                return .proceed
            },
            peerCertificate: { request in
                #expect(request.certificates.first == identity.leaf)
                await Self.dawdle()
                return .accept
            }
        )
        async let received = withPatientTLS(TLSEngine(server), over: far, appetite: appetite, deciding: serverDecisions)
        {
            try await $0.readToEnd()
        }
        try await withPatientTLS(TLSEngine(client), over: near, appetite: appetite, deciding: clientDecisions) {
            stream in
            try await stream.write(pattern(100_000))
        }
        #expect(try await received == pattern(100_000))
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring])
    func `what a client sends early waits for the server's verdict on it`(appetite: AsyncTLSAppetite) async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 100_000)
        let client = try makeClient { client in
            client.identity = try TLSIdentity(pemChain: Fixtures.client.chain, pemKey: Fixtures.client.key)
        }
        let server = try makeServer { server in
            server.clientAuthentication = .required(.roots(try .pem(Fixtures.root)))
            server.parameters.decisions = .peerCertificate
        }
        let isSent = Gate()
        let decisions = AsyncTLSDecisions(peerCertificate: { _ in
            try await isSent.pass()
            return .accept
        })
        async let received = withPatientTLS(TLSEngine(server), over: far, appetite: appetite, deciding: decisions) {
            try await $0.readToEnd()
        }
        try await withPatientTLS(TLSEngine(client), over: near) { stream in
            try await stream.write(pattern(50_000))
            try await stream.flush()
            try await isSent.waitForVisitor()
            isSent.open()
        }
        #expect(try await received == pattern(50_000))
    }

    @Test func `a refusal tells the peer, and is thrown`() async throws {
        let ends = try await refuse(.unrecognizedName, with: { .refuse(.unrecognizedName) })
        #expect((ends.server as? TLSError)?.code == .decisionRefused)
    }

    @Test func `a decision that throws ends the handshake with an alert and its error`() async throws {
        let ends = try await refuse(.internalError, with: { throw Broken(words: "no database") })
        #expect(ends.server as? Broken == Broken(words: "no database"))
    }

    private func refuse(
        _ alert: TLSAlert,
        with answer: @escaping @Sendable () async throws -> ClientHelloAnswer
    ) async throws -> (client: (any Error)?, server: (any Error)?) {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer { $0.parameters.decisions = .clientHello })
        let decisions = AsyncTLSDecisions(clientHello: { _ in try await answer() })
        async let serverEnd = failure {
            try await withPatientTLS(TLSEngine(server), over: far, deciding: decisions) { _ in }
        }
        let clientEnd = await failure { try await withPatientTLS(TLSEngine(client), over: near) { _ in } }
        #expect((clientEnd as? TLSError)?.alert == TLSError.Alert(alert, sentBy: .peer))
        return await (clientEnd, serverEnd)
    }

    @Test func `a verdict that throws rejects the peer`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient { $0.parameters.decisions = .peerCertificate }, try makeServer())
        let decisions = AsyncTLSDecisions(peerCertificate: { _ in throw Broken(words: "no idea") })
        async let serverEnd = failure {
            try await withPatientTLS(TLSEngine(server), over: far) { try await $0.readToEnd() }
        }
        let clientEnd = await failure {
            try await withPatientTLS(TLSEngine(client), over: near, deciding: decisions) { _ in }
        }
        #expect(clientEnd as? Broken == Broken(words: "no idea"))
        #expect((await serverEnd as? TLSError)?.alert == TLSError.Alert(.certificateUnknown, sentBy: .peer))
    }

    @Test func `a question that nobody answers is its owner's fault`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer { $0.parameters.decisions = .clientHello })
        async let clientEnd = failure { try await withPatientTLS(TLSEngine(client), over: near) { _ in } }
        let end = await failure { try await withPatientTLS(TLSEngine(server), over: far) { _ in } }
        #expect((end as? AsyncTLSError)?.code == .undecided)
        #expect((end as? AsyncTLSError)?.fault == .caller)
        #expect((await clientEnd as? TLSError)?.alert?.sender == .peer)
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring])
    func `a peer that left during a decision is missed once that is made`(appetite: AsyncTLSAppetite) async throws {
        let (near, far) = InMemoryTransport.pair()
        var client = try TLSEngine(makeClient())
        let server = try makeServer { $0.parameters.decisions = .clientHello }
        let gate = Gate()
        let decisions = AsyncTLSDecisions(clientHello: { _ in
            try await gate.pass()
            return .proceed
        })
        async let end = failure {
            try await withPatientTLS(TLSEngine(server), over: far, appetite: appetite, deciding: decisions) { _ in }
        }
        try await near.send(client.drain())
        try await gate.waitForVisitor()
        await near.close()
        gate.open()
        #expect((await end as? TLSError)?.code == .truncated)
    }
}
