import Fixtures
import Sluice
import Testing

/// What only a mistake in the owner's code can do traps; a peer's bytes never do.
struct PreconditionTests {
    @Test func `a ClientHello is answered only while it is asked about`() async {
        await #expect(processExitsWith: .failure) {
            var engine = try TLSEngine(.fixture() as TLSServerConfiguration)
            try? engine.resolve(ClientHelloAnswer.proceed)
        }
    }

    @Test func `an identity is given only while it is asked for`() async {
        await #expect(processExitsWith: .failure) {
            var engine = try TLSEngine(.fixture() as TLSClientConfiguration)
            try? engine.resolve(ClientIdentityAnswer.presentNone)
        }
    }

    @Test func `a peer is judged only while it is asked about`() async {
        await #expect(processExitsWith: .failure) {
            var engine = try TLSEngine(.fixture() as TLSClientConfiguration)
            try? engine.resolve(PeerCertificateAnswer.accept)
        }
    }

    @Test func `a question is answered once`() async {
        await #expect(processExitsWith: .failure) {
            let contexts = try ContextPair(server: { $0.parameters.decisions = .clientHello })
            var pair = try EnginePair.established(contexts)
            try? pair.server.resolve(.proceed)
            try? pair.server.resolve(.proceed)
        }
    }

    @Test func `a ClientHello is not answered with a client's context`() async {
        await #expect(processExitsWith: .failure) {
            let contexts = try ContextPair(server: { $0.parameters.decisions = .clientHello })
            var pair = try EnginePair.established(contexts)
            try? pair.server.resolve(.use(contexts.client))
        }
    }

    @Test(arguments: [-1, 1_000_000])
    func `no more is taken from the ring than it lent`(count: Int) async {
        await #expect(processExitsWith: .failure) { [count] in
            var engine = try TLSEngine(.fixture() as TLSClientConfiguration)
            _ = engine.drain { _ in count }
        }
    }
}
