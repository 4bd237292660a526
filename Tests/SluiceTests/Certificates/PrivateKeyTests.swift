import Fixtures
import Sluice
import Testing

struct PrivateKeyTests {
    @Test(arguments: [
        "server-ecdsa.key.pem", "server-ecdsa.encrypted.key.pem", "server-ecdsa.traditional.key.pem",
    ])
    func `every PEM form holds the same ECDSA key`(name: String) throws {
        let key = try PrivateKey(pem: Fixtures.bytes(name), passphrase: "sluice")
        #expect(try key == PrivateKey(der: Fixtures.bytes("server-ecdsa.key.der")))
        #expect(key.kind == .ecdsa(curve: "P-256"))
    }

    @Test(arguments: [
        "server-ecdsa.key.der", "server-ecdsa.encrypted.key.der", "server-ecdsa.traditional.key.der",
    ])
    func `every DER form holds the same ECDSA key`(name: String) throws {
        let key = try PrivateKey(der: Fixtures.bytes(name), passphrase: "sluice")
        #expect(try key == PrivateKey(pem: Fixtures.serverECDSA.key))
    }

    @Test(arguments: ["server-rsa.traditional.key.pem", "server-rsa.encrypted.traditional.key.pem"])
    func `every PEM form holds the same RSA key`(name: String) throws {
        let key = try PrivateKey(pem: Fixtures.bytes(name), passphrase: "sluice")
        #expect(try key == PrivateKey(pem: Fixtures.serverRSA.key))
        #expect(key.kind == .rsa(bits: 2048))
    }

    @Test(arguments: ["server-ecdsa.encrypted.key.pem", "server-rsa.encrypted.traditional.key.pem"], passphrases)
    func `a wrong passphrase or none is told from a damaged key`(name: String, passphrase: Passphrase?) {
        expect(.wrongPassphrase) { try PrivateKey(pem: Fixtures.bytes(name), passphrase: passphrase) }
    }

    @Test(arguments: passphrases)
    func `a wrong passphrase or none is told for DER, too`(passphrase: Passphrase?) {
        let der = Fixtures.bytes("server-ecdsa.encrypted.key.der")
        expect(.wrongPassphrase) { try PrivateKey(der: der, passphrase: passphrase) }
    }

    /// Good padding by accident comes once in 256 tries; what is inside is then noise.
    @Test func `a thousand wrong passphrases are all told as wrong`() {
        let pem = Fixtures.bytes("server-rsa.encrypted.traditional.key.pem")
        for number in 0..<1_000 {
            expect(.wrongPassphrase) { try PrivateKey(pem: pem, passphrase: Passphrase("no \(number)")) }
        }
    }

    @Test(arguments: ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func `text without a key is refused`(text: String) {
        expect(.invalidPrivateKey) { try PrivateKey(pem: text) }
    }

    @Test func `a certificate is no key`() {
        expect(.invalidPrivateKey) { try PrivateKey(pem: Fixtures.root) }
        expect(.invalidPrivateKey) { try PrivateKey(der: Fixtures.bytes("root.der")) }
        expect(.invalidPrivateKey) { try PrivateKey(der: []) }
    }

    @Test func `a key that can't sign is refused`() {
        // X25519, RFC 8410: fit for key agreement alone.
        let x25519 = "MC4CAQAwBQYDK2VuBCIEIHBgQ0gm5n8mHlBJ5O1nD6kzPVeQGZcOBFBaZzvHh2xf"
        let pem = "-----BEGIN PRIVATE KEY-----\n\(x25519)\n-----END PRIVATE KEY-----\n"
        expect(.invalidPrivateKey) { try PrivateKey(pem: pem) }
    }

    @Test(arguments: PrivateKey.Generated.allCases)
    func `a generated key comes back from its PEM`(kind: PrivateKey.Generated) throws {
        let key = try PrivateKey.generate(kind)
        #expect(try PrivateKey(pem: key.dangerouslyExportedPEM()) == key)
        #expect(try PrivateKey.generate(kind) != key)
    }

    @Test(arguments: [Fixtures.serverECDSA, Fixtures.serverRSA, Fixtures.serverEd25519])
    func `a duplicate is the same key and serves as well`(fixture: Fixtures.Identity) throws {
        let key = try PrivateKey(pem: fixture.key)
        let duplicate = try PrivateKey(key.handle.duplicated())
        #expect(duplicate == key)
        #expect(try Certificate.certificates(pem: fixture.chain)[0].matches(duplicate))
    }

    @Test func `descriptions and dumps hide keys and passphrases`() throws {
        let key = try PrivateKey(pem: Fixtures.serverECDSA.key)
        let passphrase: Passphrase = "open sesame"
        var dumped = ""
        dump(key, to: &dumped)
        dump(passphrase, to: &dumped)
        #expect(key.description == "PrivateKey(ECDSA P-256)")
        #expect(passphrase.description == "Passphrase(hidden)")
        #expect(!dumped.contains("sesame") && !dumped.contains("handle") && !dumped.contains("111"))
    }
}

/// What doesn't open the fixtures: wrong, empty, none, longer than OpenSSL's buffer, with a zero byte.
private let passphrases: [Passphrase?] = [
    "wrong", "", nil, Passphrase(String(repeating: "x", count: 5_000)), Passphrase(bytes: [0x73, 0x6c, 0, 0x75]),
]
