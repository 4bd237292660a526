import Fixtures
import Sluice
import Testing

/// Damaged input gives a value or a typed error: whatever else happened would be a crash of the test.
struct CredentialMutationTests {
    @Test(arguments: Format.allCases)
    func `input cut at any length is refused or parsed`(format: Format) throws {
        let whole = format.bytes
        for count in 0..<whole.count {
            let outcome = Result { try format.parse(Array(whole.prefix(count))) }
            if format.mustBeWhole { expect(format.code) { try outcome.get() } }
        }
        try format.parse(whole)
    }

    @Test(arguments: Format.allCases)
    func `input with any bit flipped is refused or parsed`(format: Format) {
        let whole = format.bytes
        for index in whole.indices {
            var damaged = whole
            damaged[index] ^= 1 << UInt8(index % 8)
            do { try format.parse(damaged) } catch { #expect(error is TLSError) }
        }
    }

    @Test(arguments: Format.allCases, UInt8(0)..<8)
    func `noise of any length is refused`(format: Format, seed: UInt8) {
        for count in 0..<64 {
            let noise = (0..<count).map { UInt8(truncatingIfNeeded: ($0 + 7) * ($0 + 13) * Int(seed + 3)) }
            expect(format.code) { try format.parse(noise) }
        }
    }

    enum Format: CaseIterable {
        case certificateDER, certificatePEM, keyDER, keyPEM, traditionalDER, encryptedDER, encryptedPEM, traditionalPEM
        case pkcs12, revocationListDER, revocationListPEM, ocspResponse

        var bytes: [UInt8] {
            switch self {
            case .certificateDER: Fixtures.bytes("server-ecdsa.der")
            case .certificatePEM: Fixtures.bytes("under-root.pem")
            case .keyDER: Fixtures.bytes("server-ecdsa.key.der")
            case .keyPEM: Fixtures.bytes("server-ecdsa.key.pem")
            case .traditionalDER: Fixtures.bytes("server-ecdsa.traditional.key.der")
            case .encryptedDER: Fixtures.bytes("server-ecdsa.encrypted.key.der")
            case .encryptedPEM: Fixtures.bytes("server-ecdsa.encrypted.key.pem")
            case .traditionalPEM: Fixtures.bytes("server-rsa.encrypted.traditional.key.pem")
            case .pkcs12: Fixtures.bytes("server-ecdsa.unencrypted.p12")
            case .revocationListDER: Fixtures.bytes("intermediate.crl.der")
            case .revocationListPEM: Fixtures.bytes("intermediate.crl.pem")
            case .ocspResponse: ForgedOCSPResponse().der
            }
        }

        /// PEM minus its last line end is still whole.
        var mustBeWhole: Bool {
            switch self {
            case .certificatePEM, .keyPEM, .encryptedPEM, .traditionalPEM, .revocationListPEM: false
            default: true
            }
        }

        var code: TLSError.Code {
            switch self {
            case .certificateDER, .certificatePEM, .pkcs12, .revocationListDER, .revocationListPEM: .invalidCertificate
            case .ocspResponse: .invalidOCSPResponse
            default: .invalidPrivateKey
            }
        }

        func parse(_ bytes: [UInt8]) throws {
            switch self {
            case .certificateDER: _ = try Certificate(der: bytes).description
            case .certificatePEM: _ = try Certificate.certificates(pem: bytes).map(\.dnsNames)
            case .keyDER, .traditionalDER, .encryptedDER: _ = try PrivateKey(der: bytes, passphrase: "sluice")
            case .keyPEM, .encryptedPEM, .traditionalPEM: _ = try PrivateKey(pem: bytes, passphrase: "sluice")
            case .pkcs12: _ = try TLSIdentity(pkcs12: bytes)
            case .revocationListDER: _ = try RevocationList(der: bytes).nextUpdate
            case .revocationListPEM: _ = try RevocationList.lists(pem: bytes).map(\.issuer)
            case .ocspResponse: _ = try OCSPResponse(der: bytes).answers
            }
        }
    }
}
