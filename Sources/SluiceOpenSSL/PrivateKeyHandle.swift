internal import COpenSSL

/// A private key: owns one reference to an `EVP_PKEY`.
///
/// `@unchecked Sendable` holds because nothing changes the key after the initialiser, OpenSSL counts references
/// atomically, and what it keeps per key (RSA blinding, exported forms) is behind the key's own lock.
@safe
package final class PrivateKeyHandle: @unchecked Sendable {
    /// Our reference; released by `deinit` (`EVP_PKEY_free`, which wipes the key with the last one).
    private let pointer: OpaquePointer

    /// What can be told about it.
    package let facts: KeyFacts

    /// The public half, a DER SubjectPublicKeyInfo: what tells keys apart.
    package let publicKeyDER: [UInt8]

    /// Takes over the caller's reference, which is released here even if the key is of no use in TLS.
    init(owning pointer: OpaquePointer) throws(CredentialFailure) {
        unsafe self.pointer = pointer
        facts = unsafe KeyFacts(of: pointer)
        publicKeyDER = unsafe Self.publicKeyDER(of: pointer)
        if case .other(let name) = facts.algorithm {
            throw CredentialFailure(.unsupportedKey, "a key of type \(name) can't sign in TLS")
        }
        if facts.algorithm == .ec, facts.curve == nil {
            throw CredentialFailure(.unsupportedKey, "an EC key on a curve without a name can't sign in TLS")
        }
        if publicKeyDER.isEmpty {
            throw CredentialFailure(.malformedKey, "a private key without its public half")
        }
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// Lends the `EVP_PKEY` for the length of a call; whoever keeps it must add a reference.
    func withPointer<R, E>(_ body: (OpaquePointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(pointer)
    }

    /// The key as PKCS#8 PEM, not encrypted (`PEM_write_bio_PKCS8PrivateKey`).
    package func exportedPEM() throws(CredentialFailure) -> [UInt8] {
        ERR_clear_error()
        let output = try MemoryBIO()
        let isWritten = unsafe withPointer { key in
            unsafe PEM_write_bio_PKCS8PrivateKey(output.pointer, key, nil, nil, 0, nil, nil) == 1
        }
        guard isWritten else { throw CredentialFailure(.unsupportedKey, "the key can't be exported") }
        return output.contents()
    }

    /// A deep copy that shares no state with this key (`EVP_PKEY_dup`).
    ///
    /// An RSA key keeps blinding state that draws randomness, so a deterministic engine needs one of its own.
    package func duplicated() throws(CredentialFailure) -> PrivateKeyHandle {
        ERR_clear_error()
        guard let copy = unsafe withPointer({ unsafe EVP_PKEY_dup($0) }) else {
            throw CredentialFailure(.unsupportedKey, "the key can't be duplicated")
        }
        return try unsafe PrivateKeyHandle(owning: copy)
    }

    /// The same key in another library context (`EVP_PKEY2PKCS8`, `EVP_PKCS82PKEY_ex`): signing draws its randomness from
    /// the context that the key is in.
    func imported(into library: LibraryContext) throws(CredentialFailure) -> PrivateKeyHandle {
        ERR_clear_error()
        guard let information = unsafe withPointer({ unsafe EVP_PKEY2PKCS8($0) }) else {
            throw CredentialFailure(.unsupportedKey, "the key can't be exported")
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(information) }
        guard let copy = unsafe EVP_PKCS82PKEY_ex(information, library.pointer, nil) else {
            throw CredentialFailure(.unsupportedKey, "the key can't be copied")
        }
        return try unsafe PrivateKeyHandle(owning: copy)
    }

    /// `i2d_PUBKEY`; empty where the key has no public half.
    private static func publicKeyDER(of key: OpaquePointer) -> [UInt8] {
        ERR_clear_error()
        let count = unsafe i2d_PUBKEY(key, nil)
        guard count > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initializedCount in
            var next = buffer.baseAddress
            initializedCount = unsafe max(0, Int(i2d_PUBKEY(key, &next)))
        }
    }
}
