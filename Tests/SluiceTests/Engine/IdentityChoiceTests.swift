import Fixtures
import Sluice
import Testing

struct IdentityChoiceTests {
    private static func server(_ version: TLSVersion) -> TLSServerConfiguration {
        .fixture(version) {
            $0.identities = [Fixtures.serverECDSA, Fixtures.serverRSA, Fixtures.other].map(TLSIdentity.fixture)
        }
    }

    @Test(
        arguments: TLSVersion.allCases,
        [
            ("server.test", Fixtures.serverECDSA), ("other.test", Fixtures.other),
            ("www.other.test", Fixtures.other), ("localhost", Fixtures.serverECDSA),
            ("127.0.0.1", Fixtures.serverECDSA),
        ] as [(ServerName, Fixtures.Identity)]
    )
    func `the name that the client asks for chooses`(
        version: TLSVersion,
        row: (name: ServerName, identity: Fixtures.Identity)
    ) throws {
        var pair = try EnginePair(client: .fixture(version, serverName: row.name), server: Self.server(version))
        pair.settle()
        #expect(pair.outcome().client.summary?.peerCertificates.first == TLSIdentity.fixture(row.identity).leaf)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a name that nobody bears gets the first identity`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version, serverName: "unknown.test") {
                $0.verification = .dangerouslyIgnoringServerName(roots: .fixture)
            },
            server: Self.server(version)
        )
        pair.settle()
        let leaf = pair.outcome().client.summary?.peerCertificates.first
        #expect(leaf == TLSIdentity.fixture(Fixtures.serverECDSA).leaf)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client that verifies only RSA gets the RSA identity of that name`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) {
                $0.parameters.signatureAlgorithms = ["rsa_pss_rsae_sha256", "rsa_pkcs1_sha256"]
                $0.verification = .dangerouslyNone
            },
            server: Self.server(version)
        )
        pair.settle()
        let leaf = pair.outcome().client.summary?.peerCertificates.first
        #expect(leaf == TLSIdentity.fixture(Fixtures.serverRSA).leaf)
    }
}
