import Fixtures
import Sluice
import SluiceReplay
import Testing

/// What the article Packet captures shows.
struct CaptureExample {
    @Test func `engines for the clients of a capture`() throws {
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        let capture = Fixtures.PacketCapture.tls13.bytes
        for hello in try ClientHelloImport.clientHellos(in: capture) {
            var server = try TLSEngine(.server(identity))
            try server.feed(hello.records)
            print(hello.source, hello.message.serverName ?? "no name", server.drain().count)
        }
    }
}
