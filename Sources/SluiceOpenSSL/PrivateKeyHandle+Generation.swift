internal import COpenSSL

extension PrivateKeyHandle {
    /// The keys that can be generated.
    package enum Generated: Hashable, Sendable, CaseIterable {
        case p256, p384, rsa2048, rsa3072, ed25519
    }

    /// A fresh key from OpenSSL's own generator (`EVP_PKEY_Q_keygen`).
    package static func generate(_ kind: Generated) throws(CredentialFailure) -> PrivateKeyHandle {
        ERR_clear_error()
        let key =
            switch kind {
            case .p256: unsafe sluice_EVP_PKEY_Q_keygen_EC("P-256")
            case .p384: unsafe sluice_EVP_PKEY_Q_keygen_EC("P-384")
            case .rsa2048: unsafe sluice_EVP_PKEY_Q_keygen_RSA(2048)
            case .rsa3072: unsafe sluice_EVP_PKEY_Q_keygen_RSA(3072)
            case .ed25519: unsafe sluice_EVP_PKEY_Q_keygen_ED25519()
            }
        guard let key = unsafe key else { throw CredentialFailure(.unsupportedKey, "no \(kind) key can be generated") }
        return try unsafe PrivateKeyHandle(owning: key)
    }
}
