internal import SluiceOpenSSL

extension VerificationFailure {
    /// What was wrong with a chain: OpenSSL's verify code, X509_verify_cert_error_string(3).
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// The number of the `X509_V_ERR_…`.
        public let rawValue: Int32

        /// The reason of this number, known here or not.
        public init(rawValue: Int32) {
            self.rawValue = rawValue
        }
    }
}

extension VerificationFailure.Reason {
    /// A failure that OpenSSL doesn't name (`X509_V_ERR_UNSPECIFIED`).
    public static let unspecified = Self(rawValue: 1)
    /// The issuer of a certificate from the roots is missing (`X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT`).
    public static let unableToGetIssuer = Self(rawValue: 2)
    /// No revocation list of the certificate's issuer (`X509_V_ERR_UNABLE_TO_GET_CRL`).
    public static let crlMissing = Self(rawValue: 3)
    /// The signature of a certificate is wrong (`X509_V_ERR_CERT_SIGNATURE_FAILURE`).
    public static let badSignature = Self(rawValue: 7)
    /// The signature of a revocation list is wrong (`X509_V_ERR_CRL_SIGNATURE_FAILURE`).
    public static let crlBadSignature = Self(rawValue: 8)
    /// The certificate isn't valid yet (`X509_V_ERR_CERT_NOT_YET_VALID`).
    public static let notYetValid = Self(rawValue: 9)
    /// The certificate is no longer valid (`X509_V_ERR_CERT_HAS_EXPIRED`).
    public static let certificateExpired = Self(rawValue: 10)
    /// The revocation list isn't valid yet (`X509_V_ERR_CRL_NOT_YET_VALID`).
    public static let crlNotYetValid = Self(rawValue: 11)
    /// The revocation list is outdated (`X509_V_ERR_CRL_HAS_EXPIRED`).
    public static let crlExpired = Self(rawValue: 12)
    /// The certificate's first date can't be read (`X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD`).
    public static let malformedNotBefore = Self(rawValue: 13)
    /// The certificate's last date can't be read (`X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD`).
    public static let malformedNotAfter = Self(rawValue: 14)
    /// The certificate signed itself and isn't among the roots (`X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT`).
    public static let selfSignedLeaf = Self(rawValue: 18)
    /// The chain ends in a root that isn't among ours (`X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN`).
    public static let selfSignedInChain = Self(rawValue: 19)
    /// The issuer is neither in the chain nor among the roots (`X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY`).
    public static let unableToGetLocalIssuer = Self(rawValue: 20)
    /// The chain is the leaf alone and its issuer is unknown (`X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE`).
    public static let unableToVerifyLeafSignature = Self(rawValue: 21)
    /// More intermediates than allowed (`X509_V_ERR_CERT_CHAIN_TOO_LONG`).
    public static let chainTooLong = Self(rawValue: 22)
    /// The issuer has taken the certificate back (`X509_V_ERR_CERT_REVOKED`).
    public static let revoked = Self(rawValue: 23)
    /// More intermediates than an authority in the chain allows (`X509_V_ERR_PATH_LENGTH_EXCEEDED`).
    public static let pathTooLong = Self(rawValue: 25)
    /// The certificate is not for a server, or not for a client (`X509_V_ERR_INVALID_PURPOSE`).
    public static let invalidPurpose = Self(rawValue: 26)
    /// The root isn't trusted for this purpose (`X509_V_ERR_CERT_UNTRUSTED`).
    public static let untrusted = Self(rawValue: 27)
    /// The root is marked as rejected for this purpose (`X509_V_ERR_CERT_REJECTED`).
    public static let rejected = Self(rawValue: 28)
    /// The issuer's key usage doesn't allow signing certificates (`X509_V_ERR_KEYUSAGE_NO_CERTSIGN`).
    public static let authorityMayNotSign = Self(rawValue: 32)
    /// A critical extension that OpenSSL doesn't know (`X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION`).
    public static let unhandledCriticalExtension = Self(rawValue: 34)
    /// A name outside what an authority in the chain may vouch for (`X509_V_ERR_PERMITTED_VIOLATION`).
    public static let permittedSubtreeViolation = Self(rawValue: 47)
    /// A name that an authority in the chain may not vouch for (`X509_V_ERR_EXCLUDED_VIOLATION`).
    public static let excludedSubtreeViolation = Self(rawValue: 48)
    /// The owner of the connection refused the certificate (`X509_V_ERR_APPLICATION_VERIFICATION`).
    public static let applicationVerification = Self(rawValue: 50)
    /// The certificate is for other host names (`X509_V_ERR_HOSTNAME_MISMATCH`).
    public static let hostNameMismatch = Self(rawValue: 62)
    /// The certificate is for other e-mail addresses (`X509_V_ERR_EMAIL_MISMATCH`).
    public static let emailMismatch = Self(rawValue: 63)
    /// The certificate is for other IP addresses (`X509_V_ERR_IP_ADDRESS_MISMATCH`).
    public static let ipAddressMismatch = Self(rawValue: 64)
    /// The leaf's key is too weak for the security level (`X509_V_ERR_EE_KEY_TOO_SMALL`).
    public static let leafKeyTooSmall = Self(rawValue: 66)
    /// The key of an authority in the chain is too weak for the security level (`X509_V_ERR_CA_KEY_TOO_SMALL`).
    public static let authorityKeyTooSmall = Self(rawValue: 67)
    /// A digest in the chain is too weak for the security level (`X509_V_ERR_CA_MD_TOO_WEAK`).
    public static let authorityDigestTooWeak = Self(rawValue: 68)
    /// A certificate signed another and isn't an authority (`X509_V_ERR_INVALID_CA`).
    public static let invalidAuthority = Self(rawValue: 79)
}

extension VerificationFailure.Reason: CustomStringConvertible {
    /// OpenSSL's words: `certificate has expired`. For people; the wording changes between releases.
    public var description: String { ChainVerdict.words(for: rawValue) }
}
