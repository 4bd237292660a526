import Sluice
import SluiceOpenSSL
import Testing

struct CredentialErrorTests {
    @Test func `a failure of the caller's material is the caller's fault and keeps OpenSSL's words`() throws {
        let error = #expect(throws: TLSError.self) { try Certificate(der: [0x30, 0x03, 1, 2, 3]) }
        #expect(error?.fault == .caller)
        #expect(error?.code == .invalidCertificate)
        #expect(error?.openSSLWords.isEmpty == false)
    }

    @Test func `what failed before leaves no words behind`() {
        _ = try? Certificate(der: [0x30, 0x03, 1, 2, 3])
        let error = #expect(throws: TLSError.self) { try TLSIdentity.selfSigned(for: []) }
        #expect(error?.openSSLWords == [])
    }

    @Test(arguments: [
        (VerificationFailure.Reason.revoked, TLSAlert.certificateRevoked), (.certificateExpired, .certificateExpired),
        (.hostNameMismatch, .badCertificate), (.selfSignedLeaf, .unknownCA), (.invalidPurpose, .unsupportedCertificate),
        (.applicationVerification, .handshakeFailure), (.badSignature, .decryptError),
        (.init(rawValue: 12_345), .certificateUnknown),
    ])
    func `a reason has the alert that OpenSSL would send`(reason: VerificationFailure.Reason, alert: TLSAlert) {
        #expect(reason.alert == alert)
    }

    @Test func `a reason describes itself in OpenSSL's words, known or not`() {
        #expect(VerificationFailure.Reason.certificateExpired.description == "certificate has expired")
        #expect(!VerificationFailure.Reason(rawValue: 12_345).description.isEmpty)
    }
}
