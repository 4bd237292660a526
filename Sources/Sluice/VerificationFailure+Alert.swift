extension VerificationFailure.Reason {
    /// The alert that tells the peer, as OpenSSL chooses it (`ssl_x509err2alert`).
    package var alert: TLSAlert {
        switch self {
        case .revoked: .certificateRevoked
        case .certificateExpired, .crlExpired: .certificateExpired
        case .badSignature, .crlBadSignature: .decryptError
        case .invalidPurpose: .unsupportedCertificate
        case .applicationVerification: .handshakeFailure
        case .unspecified: .internalError
        case .unableToGetIssuer, .unableToGetLocalIssuer, .unableToVerifyLeafSignature, .crlMissing,
            .selfSignedLeaf, .selfSignedInChain, .chainTooLong, .pathTooLong, .invalidAuthority:
            .unknownCA
        case .notYetValid, .crlNotYetValid, .malformedNotBefore, .malformedNotAfter, .untrusted, .rejected,
            .hostNameMismatch, .emailMismatch, .ipAddressMismatch,
            .leafKeyTooSmall, .authorityKeyTooSmall, .authorityDigestTooWeak:
            .badCertificate
        default: .certificateUnknown
        }
    }
}
