internal import COpenSSL

/// SHA-256 of some bytes (`EVP_Digest`).
package func sha256(of bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, initializedCount in
        var count: CUnsignedInt = 0
        let isDone = unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, &count, EVP_sha256(), nil) == 1
        initializedCount = isDone ? Int(count) : 0
    }
}
