internal import COpenSSL

// OpenSSL's own PEM_read_bio_PrivateKey tries every decoder in turn, with the passphrase callback called from several
// places, and its errors don't tell a wrong passphrase from a damaged file. So the three shapes that a key comes in are
// taken apart here: PKCS#8, encrypted PKCS#8 and the traditional forms. No path can prompt on the terminal.

extension PrivateKeyHandle {
    /// Parses the first private key in PEM text; certificates and parameters around it are passed over.
    ///
    /// - Throws: `missingPassphrase` and `wrongPassphrase` for encrypted keys that stay shut, `malformedKey` for a block
    ///   that holds no key or a text without one, `unsupportedKey` for keys of no use in TLS.
    package static func privateKey(pem: RawSpan, passphrase: [UInt8]?) throws(CredentialFailure) -> PrivateKeyHandle {
        var key: PrivateKeyHandle?
        let count = try unsafe PEMBlock.forEach(in: pem, malformed: .malformedKey) { block throws(CredentialFailure) in
            key = try unsafe parse(block, passphrase: passphrase)
            return key == nil ? .next : .stop
        }
        guard let key else { throw CredentialFailure(.malformedKey, "no private key among \(count) PEM blocks") }
        return key
    }

    /// Parses a key that fills `der` exactly: PKCS#8, encrypted PKCS#8, PKCS#1 or SEC 1.
    ///
    /// - Throws: As for PEM.
    package static func privateKey(der: RawSpan, passphrase: [UInt8]?) throws(CredentialFailure) -> PrivateKeyHandle {
        try unsafe der.withUnsafeBytes { buffer throws(CredentialFailure) in
            guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
                throw CredentialFailure(.malformedKey, "no bytes where a private key should be")
            }
            let source = unsafe EncodedKey(start: start, count: buffer.count, name: "the key")
            if let key = try unsafe source.decrypted(passphrase: passphrase) { return key }
            return try unsafe source.decoded(otherwise: .malformedKey)
        }
    }

    /// The key in a PEM block; nil if the block is something else.
    private static func parse(_ block: PEMBlock, passphrase: [UInt8]?) throws(CredentialFailure) -> PrivateKeyHandle? {
        let source = unsafe EncodedKey(start: block.bytes, count: block.count, name: block.name)
        switch unsafe block.label {
        case PEM_STRING_PKCS8:
            if let key = try unsafe source.decrypted(passphrase: passphrase) { return key }
            throw unsafe CredentialFailure(.malformedKey, "\(block.name) is not an encrypted key")
        case PEM_STRING_PKCS8INF:
            return try unsafe source.decoded(otherwise: .malformedKey)
        case PEM_STRING_RSA, PEM_STRING_ECPRIVATEKEY:
            return try unsafe traditional(block, passphrase: passphrase)
        case PEM_STRING_DSA:
            throw CredentialFailure(.unsupportedKey, "a DSA key can't sign in TLS 1.2 or 1.3")
        default:
            return nil
        }
    }

    /// The key in a block whose header may say how it is encrypted, RFC 1421 (`PEM_get_EVP_CIPHER_INFO`).
    private static func traditional(
        _ block: PEMBlock,
        passphrase: [UInt8]?
    ) throws(CredentialFailure) -> PrivateKeyHandle {
        var cipher = unsafe EVP_CIPHER_INFO()
        guard unsafe PEM_get_EVP_CIPHER_INFO(block.header, &cipher) == 1 else {
            throw unsafe CredentialFailure(.unsupportedEncryption, "\(block.name) is encrypted in an unknown way")
        }
        var count = unsafe block.count
        let isEncrypted = unsafe cipher.cipher != nil
        if isEncrypted {
            guard let passphrase else {
                throw unsafe CredentialFailure(.missingPassphrase, "\(block.name) is encrypted: it needs a passphrase")
            }
            unsafe count = try decrypt(block, &cipher, passphrase: passphrase)
        }
        let source = unsafe EncodedKey(start: block.bytes, count: count, name: block.name)
        // A wrong passphrase looks like good padding once in 256 times, and then only the noise inside tells.
        return try unsafe source.decoded(otherwise: isEncrypted ? .wrongPassphrase : .malformedKey)
    }

    /// Decrypts a block in place (`PEM_do_header`).
    ///
    /// - Returns: How many of the block's bytes are the key.
    private static func decrypt(
        _ block: PEMBlock,
        _ cipher: inout EVP_CIPHER_INFO,
        passphrase: [UInt8]
    ) throws(CredentialFailure) -> Int {
        var count = unsafe block.count
        let isDecrypted = unsafe passphrase.withUnsafeBytes { buffer in
            var buffer = unsafe buffer
            return unsafe PEM_do_header(&cipher, block.bytes, &count, copyPassphrase, &buffer) == 1
        }
        guard isDecrypted else {
            throw unsafe CredentialFailure(.wrongPassphrase, "the passphrase doesn't open \(block.name)")
        }
        return count
    }
}

/// The `pem_password_cb`: copies the bytes behind `context` into OpenSSL's buffer, which OpenSSL wipes itself.
///
/// Without a callback OpenSSL would ask on the terminal.
private func copyPassphrase(
    into buffer: UnsafeMutablePointer<CChar>?,
    capacity: CInt,
    isForWriting: CInt,
    context: UnsafeMutableRawPointer?
) -> CInt {
    guard let buffer = unsafe buffer, let context = unsafe context else { return -1 }
    let passphrase = unsafe context.assumingMemoryBound(to: UnsafeRawBufferPointer.self).pointee
    guard passphrase.count <= Int(capacity) else { return -1 }
    unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(capacity)).copyMemory(from: passphrase)
    return CInt(passphrase.count)
}
