import Fixtures
import Sluice
import Testing

struct TLSIdentityTests {
    @Test(arguments: [Fixtures.serverECDSA, Fixtures.serverRSA, Fixtures.serverEd25519, Fixtures.longChain])
    func `a chain with its own key is an identity`(fixture: Fixtures.Identity) throws {
        let identity = try TLSIdentity(pemChain: fixture.chain, pemKey: fixture.key)
        #expect(identity.leaf.subject == "CN=\(fixture.name),O=Sluice Test")
        #expect(try identity.certificateChain == Certificate.certificates(pem: fixture.chain))
    }

    @Test func `certificates and key may be in one text`() throws {
        let text = Fixtures.serverECDSA.key + Fixtures.serverECDSA.chain
        #expect(try TLSIdentity(pemChain: text, pemKey: text).certificateChain.count == 2)
    }

    @Test(arguments: [Fixtures.serverRSA, Fixtures.other, Fixtures.serverEd25519])
    func `another's key is refused, of the same kind and of others`(owner: Fixtures.Identity) {
        expect(.keyMismatch) { try TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: owner.key) }
    }

    @Test func `a chain that doesn't begin with the leaf is refused`() throws {
        let chain = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)
        let key = try PrivateKey(pem: Fixtures.serverECDSA.key)
        expect(.keyMismatch) { try TLSIdentity(certificateChain: chain.reversed(), privateKey: key) }
    }

    @Test func `an empty chain is refused`() throws {
        let key = try PrivateKey(pem: Fixtures.serverECDSA.key)
        expect(.invalidCertificate) { try TLSIdentity(certificateChain: [], privateKey: key) }
        expect(.invalidCertificate) { try TLSIdentity(pemChain: [], pemKey: Fixtures.serverECDSA.key) }
    }

    /// The public half, which OpenSSL compares, is whole: only a signature shows that the private half is not.
    @Test func `a key whose private half is damaged is refused`() throws {
        var der = Fixtures.bytes("server-ecdsa.traditional.key.der")
        der[20] ^= 1  // inside ECPrivateKey.privateKey, which begins at byte 7
        let key = try PrivateKey(der: der)
        let chain = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)
        #expect(try key == PrivateKey(pem: Fixtures.serverECDSA.key))
        expect(.keyMismatch) { try TLSIdentity(certificateChain: chain, privateKey: key) }
    }
}
