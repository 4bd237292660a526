import Fixtures
import Sluice
import Testing

struct CertificateFactsTests {
    private static func leaf(_ identity: Fixtures.Identity) throws -> Certificate {
        try Certificate.certificates(pem: identity.chain)[0]
    }

    @Test func `a leaf tells its names`() throws {
        let leaf = try Self.leaf(Fixtures.serverECDSA)
        #expect(leaf.subject == "CN=server-ecdsa,O=Sluice Test")
        #expect(leaf.issuer == "CN=intermediate,O=Sluice Test")
        #expect(leaf.description == leaf.subject)
        #expect(leaf.dnsNames == ["server.test", "localhost"])
        #expect(leaf.ipAddresses == ["127.0.0.1", "::1"])
    }

    @Test func `a client's leaf tells its e-mail address and URI`() throws {
        let leaf = try Self.leaf(Fixtures.client)
        #expect(leaf.emailAddresses == ["client@sluice.test"])
        #expect(leaf.uris == ["spiffe://sluice.test/client"])
        #expect(leaf.dnsNames.isEmpty)
    }

    @Test func `times are seconds since 1970`() throws {
        #expect(try Self.leaf(Fixtures.expired).notBefore == 946_684_800)
        #expect(try Self.leaf(Fixtures.expired).notAfter == 978_307_200)
        #expect(try Self.leaf(Fixtures.serverECDSA).notAfter == 7_258_118_399)
    }

    @Test(arguments: [
        (Fixtures.serverECDSA, KeyKind.ecdsa(curve: "P-256"), "ECDSA P-256"),
        (Fixtures.serverRSA, .rsa(bits: 2048), "RSA 2048"),
        (Fixtures.serverEd25519, .ed25519, "Ed25519"), (Fixtures.selfSignedRSAPSS, .rsaPSS(bits: 2048), "RSA-PSS 2048"),
        (Fixtures.selfSignedP521, .ecdsa(curve: "P-521"), "ECDSA P-521"), (Fixtures.selfSignedEd448, .ed448, "Ed448"),
    ])
    func `the key's kind is told`(identity: Fixtures.Identity, kind: KeyKind, description: String) throws {
        #expect(try Self.leaf(identity).keyKind == kind)
        #expect(kind.description == description)
    }

    @Test func `authorities and self-signed certificates are told apart`() throws {
        let root = try Certificate(der: Fixtures.bytes("root.der"))
        let selfSigned = try Self.leaf(Fixtures.selfSigned)
        let leaf = try Self.leaf(Fixtures.serverECDSA)
        #expect([root.isAuthority, selfSigned.isAuthority, leaf.isAuthority] == [true, false, false])
        #expect([root.isSelfSigned, selfSigned.isSelfSigned, leaf.isSelfSigned] == [true, true, false])
    }

    @Test func `serial numbers are hexadecimal`() throws {
        #expect(try Certificate(der: Fixtures.bytes("root.der")).serialNumber == "1000")
    }

    @Test func `the fingerprint has 32 bytes`() throws {
        let root = try Certificate(der: Fixtures.bytes("root.der"))
        #expect(root.sha256.count == 32)
        #expect(root.fingerprint.split(separator: ":").count == 32)
    }
}
