import Fixtures
import Sluice
import SluiceSimulation
import Testing

struct ClientHelloTests {
    /// A ClientHello as an engine writes it, without its record header.
    private func message(_ version: TLSVersion? = nil) throws -> [UInt8] {
        var client = try TLSEngine(
            TLSClientConfiguration.fixture(version) { $0.parameters.applicationProtocols = ["h2", "http/1.1"] }
        )
        return Array(client.drain().dropFirst(5))
    }

    @Test func `a whole message is read`() throws {
        let hello = try #require(ClientHello(message: try message()))
        #expect(hello.legacyVersion == 0x0303 && hello.supportedVersions == [0x0304, 0x0303])
        #expect(hello.serverName == "server.test" && hello.applicationProtocols == ["h2", "http/1.1"])
        #expect(hello.groups.first == 29 && hello.cipherSuites.contains(0x1301))
        #expect(hello.signatureAlgorithms.contains(0x0403) && !hello.offersResumption)
    }

    @Test func `without supported_versions the version field is the offer`() throws {
        let hello = try #require(ClientHello(message: try message(.tls12)))
        #expect(hello.supportedVersions == [0x0303] && !hello.cipherSuites.contains(0x1301))
    }

    @Test func `a message cut anywhere is none`() throws {
        let whole = try message()
        for count in whole.indices { #expect(ClientHello(message: Array(whole[..<count])) == nil) }
        #expect(ClientHello(message: whole + [0]) == nil)
    }

    @Test func `whatever bit is flipped, reading ends`() throws {
        let whole = try message()
        var readable = 0
        for index in whole.indices {
            for bit in UInt8(0)..<8 {
                var damaged = whole
                damaged[index] ^= 1 << bit
                if let hello = ClientHello(message: damaged) {
                    readable += 1
                    #expect(hello.message == damaged)
                }
            }
        }
        // Random, session ID and key shares may have any value.
        #expect(readable > 0 && readable < whole.count * 8)
    }

    @Test(arguments: UInt64(0)..<200)
    func `noise is no ClientHello`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let noise = generator.bytes(Int.random(in: 0...600, using: &generator))
        #expect(ClientHello(message: noise) == nil)
        let header: [UInt8] = [1, 0, UInt8(noise.count >> 8), UInt8(truncatingIfNeeded: noise.count)]
        #expect(ClientHello(message: header + noise) == nil)
    }
}
