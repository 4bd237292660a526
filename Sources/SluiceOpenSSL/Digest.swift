internal import COpenSSL

/// SHA-256 of some bytes (`EVP_Digest`).
///
/// Seeds and the scopes of sessions hang on it, so it never gives anything else. A machine's openssl.cnf can leave OpenSSL's
/// own context without SHA-256; ``LibraryContext`` reads no such file and has it then.
package func sha256(of bytes: [UInt8]) -> [UInt8] {
    if let digest = unsafe sha256(of: bytes, by: EVP_sha256()) { return digest }
    guard let library = try? LibraryContext.repeatable.get(),
        let algorithm = unsafe EVP_MD_fetch(library.pointer, "SHA256", nil)
    else { preconditionFailure("this OpenSSL has no SHA-256: install one with its default provider") }
    defer { unsafe EVP_MD_free(algorithm) }
    ERR_clear_error()
    guard let digest = unsafe sha256(of: bytes, by: algorithm) else { preconditionFailure("SHA-256 has no memory") }
    return digest
}

private func sha256(of bytes: [UInt8], by algorithm: OpaquePointer?) -> [UInt8]? {
    let digest = unsafe [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, initializedCount in
        var count: CUnsignedInt = 0
        let isDone = unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, &count, algorithm, nil) == 1
        initializedCount = isDone ? Int(count) : 0
    }
    return digest.count == Int(SHA256_DIGEST_LENGTH) ? digest : nil
}
