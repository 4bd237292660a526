import Fixtures
@testable import Sluice
@testable import SluiceOpenSSL
import Testing

struct ClientHelloMemoryTests {
    @Test(arguments: [["X25519", "P-384"], ["P-384"]] as [[NamedGroup]])
    func `no ClientHello is kept once it is answered, nor a second one`(groups: [NamedGroup]) throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) { $0.parameters.groups = groups },
            server: .fixture(.tls13) {
                $0.parameters.groups = ["P-384"]
                $0.parameters.decisions = .clientHello
            }
        )
        pair.settle()
        try pair.server.resolve(.proceed)
        pair.settle()
        let kept = pair.server.connection.state.clientHelloMessage.count
        #expect(pair.outcome().server.state == .open && kept == 0)
    }
}
