internal import COpenSSL

/// A memory BIO that lives for one call: bytes that OpenSSL reads, or a place where it writes.
///
@safe
struct MemoryBIO: ~Copyable {
    /// Valid for as long as the struct is, and freed by it.
    let pointer: OpaquePointer

    /// An empty BIO that grows as it is written to (`BIO_new`); OpenSSL wipes what it held (`BUF_MEM_free`).
    init() throws(CredentialFailure) {
        guard let bio = unsafe BIO_new(BIO_s_mem()) else { throw CredentialFailure(.outOfMemory, "BIO_new failed") }
        unsafe pointer = bio
    }

    deinit { unsafe BIO_free_all(pointer) }

    /// Everything written so far, copied (`BIO_get_mem_data`).
    func contents() -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe sluice_BIO_get_mem_data(pointer, &start)
        guard count > 0, let start = unsafe start else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Lends a read-only BIO over `bytes` for the length of a call (`BIO_new_mem_buf`): nothing is copied.
    static func reading<R>(
        _ bytes: RawSpan,
        _ body: (OpaquePointer) throws(CredentialFailure) -> R
    ) throws(CredentialFailure) -> R {
        guard let count = CInt(exactly: bytes.byteCount) else {
            throw CredentialFailure(.malformedBundle, "\(bytes.byteCount) bytes are more than OpenSSL reads at once")
        }
        return try unsafe bytes.withUnsafeBytes { buffer throws(CredentialFailure) in
            // BIO_new_mem_buf refuses a null pointer even with no bytes to read.
            let bio = unsafe count == 0 ? BIO_new(BIO_s_mem()) : BIO_new_mem_buf(buffer.baseAddress, count)
            guard let bio = unsafe bio else { throw CredentialFailure(.outOfMemory, "BIO_new_mem_buf failed") }
            defer { unsafe BIO_free_all(bio) }
            return try unsafe body(bio)
        }
    }
}
