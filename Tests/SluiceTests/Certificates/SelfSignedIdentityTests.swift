import Fixtures
import Sluice
import SluiceOpenSSL
import Testing

struct SelfSignedIdentityTests {
    @Test(arguments: PrivateKey.Generated.allCases)
    func `a self-signed identity verifies under itself, for each of its names and both roles`(
        kind: PrivateKey.Generated
    ) throws {
        let names: [ServerName] = ["a.test", "b.test", "192.0.2.1", "2001:db8::1"]
        let leaf = try TLSIdentity.selfSigned(for: names, key: kind).leaf
        for name in names {
            for purpose in [VerificationParameters.Purpose.server, .client] {
                var parameters = VerificationParameters(name: name)
                parameters.purpose = purpose
                #expect(try failure(of: [leaf], under: .certificates([leaf]), parameters) == nil)
            }
        }
        let mismatch = try failure(of: [leaf], under: .certificates([leaf]), VerificationParameters(name: "c.test"))
        #expect(mismatch?.reason == .hostNameMismatch)
    }

    @Test func `its contents are those that were asked for`() throws {
        let leaf = try TLSIdentity.selfSigned(for: ["a.test", "::1"], validFrom: 1_000, validUntil: 4_000_000_000).leaf
        #expect(leaf.subject == "CN=a.test")
        #expect(leaf.issuer == leaf.subject)
        #expect(leaf.dnsNames == ["a.test"])
        #expect(leaf.ipAddresses == ["::1"])
        #expect(leaf.notBefore == 1_000)
        #expect(leaf.notAfter == 4_000_000_000)
        #expect(leaf.serialNumber.count == 32)
        #expect(!leaf.isAuthority)
    }

    @Test func `without times it has no end`() throws {
        let leaf = try TLSIdentity.selfSigned(for: ["a.test"]).leaf
        #expect(leaf.notBefore == .beginningOf2000)
        #expect(leaf.notAfter == .endOf9999)
    }

    @Test func `a name longer than a common name may be is certified`() throws {
        let label = String(repeating: "a", count: 60)
        let name = try #require(ServerName("\(label).\(label).\(label).test"))
        let leaf = try TLSIdentity.selfSigned(for: [name]).leaf
        #expect(leaf.dnsNames == [name.description])
    }

    @Test func `no names, or times out of order, are refused`() {
        expect(.invalidConfiguration) { try TLSIdentity.selfSigned(for: []) }
        expect(.invalidConfiguration) { try TLSIdentity.selfSigned(for: ["a.test"], validFrom: 2, validUntil: 1) }
        expect(.invalidConfiguration) { try TLSIdentity.selfSigned(for: ["a.test"], validFrom: -1) }
        expect(.invalidConfiguration) { try TLSIdentity.selfSigned(for: ["a.test"], validUntil: 253_402_300_800) }
    }
}
