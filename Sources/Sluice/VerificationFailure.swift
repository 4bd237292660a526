/// Why a certificate chain was not accepted.
public struct VerificationFailure: Hashable, Sendable {
    /// OpenSSL's verify code, `X509_V_ERR_…`.
    public let reason: Int32
}
