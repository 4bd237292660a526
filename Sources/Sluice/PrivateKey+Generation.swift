internal import SluiceOpenSSL

extension PrivateKey {
    /// The keys that ``generate(_:)`` makes.
    public enum Generated: Hashable, Sendable, CaseIterable {
        /// ECDSA on P-256: what every peer takes, and quick.
        case p256
        /// ECDSA on P-384.
        case p384
        /// RSA of 2048 bits.
        case rsa2048
        /// RSA of 3072 bits.
        case rsa3072
        /// Ed25519, which browsers don't take.
        case ed25519
    }

    /// A fresh key, drawn from OpenSSL's own generator.
    ///
    /// - Throws: ``TLSError/Code/invalidPrivateKey`` if this OpenSSL can't make such a key.
    public static func generate(_ kind: Generated = .p256) throws(TLSError) -> PrivateKey {
        let recipe: PrivateKeyHandle.Generated =
            switch kind {
            case .p256: .p256
            case .p384: .p384
            case .rsa2048: .rsa2048
            case .rsa3072: .rsa3072
            case .ed25519: .ed25519
            }
        return PrivateKey(
            try TLSError.mapping { () throws(CredentialFailure) in try PrivateKeyHandle.generate(recipe) }
        )
    }
}
