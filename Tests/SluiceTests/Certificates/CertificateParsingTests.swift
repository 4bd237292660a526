import Fixtures
import Sluice
import Testing

struct CertificateParsingTests {
    @Test func `PEM and DER give the same certificate`() throws {
        let pem = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)
        let der = try Certificate(der: Fixtures.bytes("server-ecdsa.der"))
        #expect(pem.first == der)
        #expect(pem.first?.der == Fixtures.bytes("server-ecdsa.der"))
        #expect(pem.map(\.subject) == ["CN=server-ecdsa,O=Sluice Test", "CN=intermediate,O=Sluice Test"])
    }

    @Test func `PEM comes back as PEM`() throws {
        #expect(
            try Certificate.certificates(pem: Fixtures.root)[0].pem == String(decoding: Fixtures.root, as: UTF8.self)
        )
    }

    @Test(arguments: Surroundings.allCases)
    func `text around the blocks, line ends and other blocks don't matter`(surroundings: Surroundings) throws {
        let expected = try Certificate.certificates(pem: Fixtures.longChain.chain)
        let text = surroundings.applied(to: String(decoding: Fixtures.longChain.chain, as: UTF8.self))
        #expect(try Certificate.certificates(pem: text) == expected)
    }

    @Test(arguments: ["", "\n", "no block at all", "-----BEGIN CERTIFICATE", "-----END CERTIFICATE-----\n"])
    func `text without a certificate is refused`(text: String) {
        #expect(throws: TLSError.self) { try Certificate.certificates(pem: text) }
    }

    @Test func `a key is no certificate`() {
        #expect { try Certificate.certificates(pem: Fixtures.serverECDSA.key) } throws: { error in
            (error as? TLSError)?.code == .invalidCertificate
                && (error as? TLSError)?.words == "no certificate among 1 PEM blocks"
        }
    }

    @Test(arguments: [
        (
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "PEM block 3 (CERTIFICATE) is not a certificate"
        ),
        ("-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n", "PEM block 3 can't be decoded"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n", "PEM block 3 can't be decoded"),
    ])
    func `the failure names the bad block`(block: String, words: String) {
        let text = String(decoding: Fixtures.serverECDSA.chain, as: UTF8.self) + block
        #expect { try Certificate.certificates(pem: text) } throws: { error in
            (error as? TLSError)?.words == words
        }
    }

    @Test func `bytes after the certificate are refused`() {
        #expect(throws: TLSError.self) { try Certificate(der: Fixtures.bytes("root.der") + [0]) }
    }

    enum Surroundings: CaseIterable {
        case nothing, carriageReturns, prose, longLines, keysBetween, noFinalLineEnd

        func applied(to pem: String) -> String {
            let end = "-----END CERTIFICATE-----\n"
            return switch self {
            case .nothing: pem
            case .carriageReturns: pem.split(separator: "\n").joined(separator: "\r\n") + "\r\n"
            case .prose: "subject=CN = x\n\n" + pem.replacing(end, with: end + "issuer: nobody\n\t\n") + "the end"
            case .longLines: String(repeating: "x", count: 5_000) + "\n" + pem
            case .keysBetween: pem.replacing(end, with: end + String(decoding: Fixtures.serverRSA.key, as: UTF8.self))
            case .noFinalLineEnd: String(pem.dropLast())
            }
        }
    }
}
