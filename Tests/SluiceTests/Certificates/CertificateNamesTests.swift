import Fixtures
import Sluice
import Testing

/// Which of a certificate's names are told, and which are no names.
struct CertificateNamesTests {
    /// A certificate of the test PKI with other bytes in the place of some; its signature is wrong, and nobody asks.
    private func certificate(_ fixture: Fixtures.Identity, _ text: String, _ other: [UInt8]) throws -> Certificate {
        let text = Array(text.utf8)
        try #require(text.count == other.count)
        var der = TLSIdentity.fixture(fixture).leaf.der
        let start = try #require(der.indices.dropLast(text.count).last { Array(der[$0..<($0 + text.count)]) == text })
        der.replaceSubrange(start..<(start + text.count), with: other)
        return try Certificate(der: der)
    }

    /// Bytes that are no printable ASCII.
    private static let intruders: [UInt8] = [0x00, 0x01, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0xC3, 0xFF]

    @Test(arguments: intruders)
    func `a host name with a byte that is no printable ASCII is left out`(byte: UInt8) throws {
        let other = Array("serve".utf8) + [byte] + Array(".test".utf8)
        #expect(try certificate(Fixtures.serverECDSA, "server.test", other).dnsNames == ["localhost"])
    }

    @Test(arguments: intruders)
    func `so are an e-mail address and a URI`(byte: UInt8) throws {
        let address = try certificate(Fixtures.client, "client@sluice", Array("client@sluic".utf8) + [byte])
        #expect(address.emailAddresses.isEmpty && address.uris == ["spiffe://sluice.test/client"])
        let uri = try certificate(Fixtures.client, "spiffe:", Array("spiffe".utf8) + [byte])
        #expect(uri.emailAddresses == ["client@sluice.test"] && uri.uris.isEmpty)
    }

    @Test(arguments: [
        (Fixtures.serverECDSA, "server-ecdsa"), (Fixtures.client, "client"), (Fixtures.other, "other"),
    ])
    func `the common name is told`(fixture: Fixtures.Identity, name: String) {
        #expect(TLSIdentity.fixture(fixture).leaf.commonName == name)
    }

    // A certificate whose UTF8String is no UTF-8 can't be parsed.
    @Test(arguments: intruders.filter { $0 < 0x80 })
    func `a common name with control characters is none`(byte: UInt8) throws {
        let other = Array("server-ecds".utf8) + [byte]
        #expect(try certificate(Fixtures.serverECDSA, "server-ecdsa", other).commonName == nil)
    }

    @Test func `a common name may be of any script`() throws {
        let other = Array("sérver-ecds".utf8)
        #expect(try certificate(Fixtures.serverECDSA, "server-ecdsa", other).commonName == "sérver-ecds")
    }

    @Test func `of two common names neither is told`() throws {
        // The attribute type of the organization, 2.5.4.10, becomes that of the common name, 2.5.4.3.
        let der = try certificate(Fixtures.serverECDSA, "server-ecdsa", Array("server-ecdsa".utf8)).der
        let type: [UInt8] = [0x06, 0x03, 0x55, 0x04, 0x0A]
        let start = try #require(der.indices.dropLast(5).last { Array(der[$0..<($0 + 5)]) == type })
        var changed = der
        changed[start + 4] = 0x03
        let certificate = try Certificate(der: changed)
        #expect(certificate.commonName == nil && certificate.subject == "CN=server-ecdsa,CN=Sluice Test")
    }
}
