import Fixtures
import Sluice
import Testing

struct PKCS12Tests {
    @Test(
        arguments: [
            ("server-ecdsa.p12", "sluice"), ("server-ecdsa.empty-passphrase.p12", ""),
            ("server-ecdsa.empty-passphrase.p12", nil), ("server-ecdsa.unencrypted.p12", nil),
        ] as [(String, Passphrase?)]
    )
    func `a file gives chain and key, leaf first`(name: String, passphrase: Passphrase?) throws {
        let identity = try TLSIdentity(pkcs12: Fixtures.bytes(name), passphrase: passphrase)
        #expect(try identity == TLSIdentity(pemChain: Fixtures.serverECDSA.chain, pemKey: Fixtures.serverECDSA.key))
    }

    @Test(arguments: ["wrong", "", nil, Passphrase(bytes: [0x73, 0])] as [Passphrase?])
    func `a wrong passphrase or none is told`(passphrase: Passphrase?) {
        expect(.wrongPassphrase) { try TLSIdentity(pkcs12: Fixtures.bytes("server-ecdsa.p12"), passphrase: passphrase) }
    }

    @Test func `a file encrypted with RC2 is refused by name`() {
        expect(.invalidPrivateKey) {
            try TLSIdentity(pkcs12: Fixtures.bytes("server-ecdsa.legacy.p12"), passphrase: "sluice")
        }
    }

    @Test func `a file without a key is refused`() {
        expect(.invalidCertificate) {
            try TLSIdentity(pkcs12: Fixtures.bytes("certificates-only.p12"), passphrase: "sluice")
        }
    }
}
