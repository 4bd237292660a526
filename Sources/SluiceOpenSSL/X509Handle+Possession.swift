internal import COpenSSL

extension X509Handle {
    /// Whether `key` is the private half of this certificate's key: its public half is the same and what it signs
    /// verifies.
    ///
    /// `X509_check_private_key` compares public halves only, so a key file whose private half was damaged would pass and
    /// fail at the first handshake.
    package func matches(_ key: PrivateKeyHandle) -> Bool {
        defer { ERR_clear_error() }
        return unsafe withPointer { certificate in
            unsafe key.withPointer { key in
                guard unsafe X509_check_private_key(certificate, key) == 1,
                    let publicKey = unsafe X509_get0_pubkey(certificate),
                    let signature = unsafe signature(with: key)
                else { return false }
                return unsafe isGood(signature, for: publicKey)
            }
        }
    }

    /// Signs ``challenge`` (`EVP_DigestSign`).
    private func signature(with key: OpaquePointer) -> [UInt8]? {
        guard let context = unsafe EVP_MD_CTX_new() else { return nil }
        defer { unsafe EVP_MD_CTX_free(context) }
        let digest = unsafe challengeDigest(for: key)
        guard unsafe EVP_DigestSignInit_ex(context, nil, digest, nil, nil, key, nil) == 1 else { return nil }
        var count = 0
        guard unsafe EVP_DigestSign(context, nil, &count, challenge, challenge.count) == 1 else { return nil }
        var signature = [UInt8](repeating: 0, count: count)
        guard unsafe EVP_DigestSign(context, &signature, &count, challenge, challenge.count) == 1 else { return nil }
        return Array(signature.prefix(count))
    }

    /// Checks a signature of ``challenge`` (`EVP_DigestVerify`).
    private func isGood(_ signature: [UInt8], for publicKey: OpaquePointer) -> Bool {
        guard let context = unsafe EVP_MD_CTX_new() else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        let digest = unsafe challengeDigest(for: publicKey)
        return unsafe EVP_DigestVerifyInit_ex(context, nil, digest, nil, nil, publicKey, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, challenge, challenge.count) == 1
    }

    /// SHA-256, or none for the kinds of key that have their own digest.
    private func challengeDigest(for key: OpaquePointer) -> String? {
        let algorithm = unsafe KeyFacts(of: key).algorithm
        return algorithm == .ed25519 || algorithm == .ed448 ? nil : "SHA2-256"
    }
}

/// What a key signs to show that it is whole. It can't be mistaken for a handshake, whose signed content begins otherwise.
private let challenge = Array("Sluice: does this private key belong to this certificate?".utf8)
