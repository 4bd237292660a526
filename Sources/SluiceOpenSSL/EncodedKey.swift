internal import COpenSSL

/// The DER of a private key while it is being looked at.
///
/// `start` is valid only during the call that made the value.
@unsafe
struct EncodedKey {
    /// The first byte.
    let start: UnsafePointer<UInt8>
    /// How many bytes there are.
    let count: Int
    /// What failures call it: `PEM block 1 (PRIVATE KEY)`.
    let name: String

    /// The key in an EncryptedPrivateKeyInfo, RFC 5958 §3 (`PKCS8_decrypt`); nil if the bytes are no such thing.
    func decrypted(passphrase: [UInt8]?) throws(CredentialFailure) -> PrivateKeyHandle? {
        ERR_clear_error()
        var next: UnsafePointer<UInt8>? = unsafe start
        guard let envelope = unsafe d2i_X509_SIG(nil, &next, count) else {
            ERR_clear_error()
            return nil
        }
        defer { unsafe X509_SIG_free(envelope) }
        guard let passphrase else {
            throw unsafe CredentialFailure(.missingPassphrase, "\(name) is encrypted: it needs a passphrase")
        }
        guard let information = unsafe open(envelope, with: passphrase) else {
            throw unsafe Self.failureToOpen(name)
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(information) }
        guard let key = unsafe EVP_PKCS82PKEY(information) else {
            throw unsafe CredentialFailure(.unsupportedKey, "\(name) holds a key that OpenSSL can't use")
        }
        return try unsafe PrivateKeyHandle(owning: key)
    }

    /// The key in a PrivateKeyInfo, RSAPrivateKey or ECPrivateKey that uses every byte (`d2i_AutoPrivateKey`).
    func decoded(otherwise kind: CredentialFailure.Kind) throws(CredentialFailure) -> PrivateKeyHandle {
        ERR_clear_error()
        var next: UnsafePointer<UInt8>? = unsafe start
        let key = unsafe d2i_AutoPrivateKey(nil, &next, count)
        guard let key = unsafe key, unsafe next == start + count else {
            unsafe EVP_PKEY_free(key)
            throw unsafe CredentialFailure(kind, "\(name) is not a private key")
        }
        return try unsafe PrivateKeyHandle(owning: key)
    }

    /// `PKCS8_decrypt`, with a passphrase that may hold any bytes and may be empty.
    private func open(_ envelope: OpaquePointer, with passphrase: [UInt8]) -> OpaquePointer? {
        unsafe passphrase.withUnsafeBytes { buffer in
            // Null and empty are different passphrases to PKCS#12's key derivation, so empty mustn't become null.
            var nothing: CChar = 0
            let count = CInt(clamping: buffer.count)
            return unsafe withUnsafePointer(to: &nothing) { empty in
                let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self) ?? empty
                return unsafe PKCS8_decrypt(envelope, start, count)
            }
        }
    }

    /// Why an envelope stayed shut: a cipher that isn't there, or else the passphrase, by the first entry of the queue.
    private static func failureToOpen(_ name: String) -> CredentialFailure {
        let failure = CredentialFailure(.wrongPassphrase, "the passphrase doesn't open \(name)")
        guard failure.openSSL.isUnsupportedAlgorithm else { return failure }
        return failure.renamed(
            .unsupportedEncryption,
            "\(name) is encrypted with an algorithm that OpenSSL doesn't offer"
        )
    }
}
