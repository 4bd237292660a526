import Fixtures
import Sluice
import SluiceSimulation
import Testing

struct HandshakeTests {
    @Test(arguments: TLSVersion.allCases, Cut.allCases)
    func `both ends are established, however the bytes are cut`(version: TLSVersion, cut: Cut) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version), cut: cut)
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.failure == nil && outcome.server.failure == nil)
        let client = try #require(outcome.client.summary)
        let server = try #require(outcome.server.summary)
        #expect(client.version == version && server.version == version)
        #expect(client.cipherSuite == server.cipherSuite)
        #expect(client.group == server.group && client.group != nil)
        #expect(client.signatureAlgorithm == server.signatureAlgorithm && client.signatureAlgorithm != nil)
        #expect(server.serverName == "server.test")
        #expect(client.peerCertificates.first?.subject == "CN=server-ecdsa,O=Sluice Test")
    }

    @Test(arguments: TLSVersion.allCases, Cut.allCases)
    func `data goes both ways unchanged, and both ends close cleanly`(version: TLSVersion, cut: Cut) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version), cut: cut)
        var generator = SplitMix64(seed: 7)
        let up = generator.bytes(cut == .oneByte ? 20_000 : 100_000)
        let down = generator.bytes(cut == .oneByte ? 20_000 : 100_000)
        pair.settle()
        let read = pair.exchange(fromClient: up, fromServer: down)
        #expect(read.server == up && read.client == down)
        try pair.client.close()
        pair.settle()
        #expect(pair.outcome().server.state == .closedByPeer)
        try pair.server.close()
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.state == .closed && outcome.server.state == .closed)
        let last = pair.clientEvents().last
        #expect(last == .peerClosed)
    }
}
