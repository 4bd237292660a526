import Fixtures
import Sluice
import SluiceReplay
import Testing

/// The ClientHellos of real clients, and what a server makes of them.
struct ClientHelloFixtureTests {
    @Test(arguments: ClientHelloFixture.all)
    func `a capture holds the offer that Wireshark reads in it`(fixture: ClientHelloFixture) throws {
        let found = try ClientHelloImport(fixture.bytes)
        #expect(found.skipped == ClientHelloImport.Skipped())
        #expect(found.clientHellos.map(\.isRetry) == Array([false, true].prefix(fixture.clientHelloCount)))
        let hello = try #require(found.clientHellos.first).message
        #expect(hello.serverName == fixture.offer.serverName)
        #expect(hello.applicationProtocols.map(\.description) == fixture.offer.applicationProtocols)
        #expect(hello.supportedVersions == fixture.offer.versions)
        #expect(hello.cipherSuites.count == fixture.offer.cipherSuiteCount)
        #expect(hello.groups == fixture.offer.groups)
        #expect(hello.message.count == fixture.offer.byteCount)
        #expect(hello.offersResumption == fixture.file.contains("resumption"))
    }

    @Test(arguments: ClientHelloFixture.all)
    func `a server makes of it what it must, however it is cut`(fixture: ClientHelloFixture) throws {
        let captured = try #require(ClientHelloImport.clientHellos(in: fixture.bytes).first)
        for size in [1, 1448, captured.records.count] {
            var server = try Self.server()
            let failure = Self.failure(of: &server, fed: captured.records, by: size)
            let answer = server.drain()
            switch fixture.outcome {
            case .negotiates(let version, let cipherSuite, let applicationProtocol):
                let hello = try #require(ServerHello(inFirstRecordOf: answer))
                #expect(failure == nil)
                #expect((hello.isTLS13 ? "1.3" : "1.2") == version && cipherSuiteName(hello.cipherSuite) == cipherSuite)
                // Encrypted in TLS 1.3: there it is what the offer lets a server of these protocols choose.
                let choice = ["h2", "http/1.1"].first { fixture.offer.applicationProtocols.contains($0) }
                #expect(choice == applicationProtocol)
                if version == "1.2" { #expect(hello.applicationProtocol?.description == applicationProtocol) }
            case .refuses(let alert):
                #expect(failure?.alert.map { "\($0.description)" } == alert && failure?.alert?.sender == .local)
                #expect(answer.prefix(1) == [21])
            }
        }
    }

    @Test func `what was promised is there, in files of both formats`() {
        let clients = Set(ClientHelloFixture.all.map(\.client))
        let promised = ["curl", "openssl", "gnutls", "go", "java", "node", "python", "chromium", "firefox"]
        #expect(clients.isSuperset(of: promised))
        #expect(Set(ClientHelloFixture.all.map { $0.file.hasSuffix(".pcapng") }) == [true, false])
        #expect(ClientHelloFixture.all.contains { $0.offer.byteCount > 4096 })
    }

    /// A server as ``ClientHelloFixture/outcome`` has it.
    private static func server() throws -> TLSEngine {
        let identity = try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key)
        var configuration = TLSServerConfiguration.server(identity)
        configuration.parameters.applicationProtocols = ["h2", "http/1.1"]
        configuration.parameters.time = UnixTime(secondsSince1970: Fixtures.now)
        return try TLSEngine(configuration)
    }

    private static func failure(of server: inout TLSEngine, fed bytes: [UInt8], by size: Int) -> TLSError? {
        do {
            for start in stride(from: 0, to: bytes.count, by: size) {
                _ = try server.feed(Array(bytes[start...].prefix(size)))
            }
            return nil
        } catch {
            return error
        }
    }
}
