internal import COpenSSL
internal import CRandomStream

/// The random bytes of one engine or context that must be repeatable: the key stream of AES-256 in counter mode.
///
/// OpenSSL draws from the stream that the calling thread is in, see ``LibraryContext``. `@unchecked Sendable` holds because
/// a stream belongs to one `ConnectionHandle`, which has one owner, or lives as long as one initialiser.
@safe final class RandomStream: @unchecked Sendable {
    /// Owned; wiped and freed in `deinit`.
    private let pointer: OpaquePointer

    /// A stream of a 32-byte key. Two streams with different keys have nothing in common; a key serves one stream.
    init(key: [UInt8], in library: LibraryContext) throws(OpenSSLFailure) {
        precondition(key.count == Int(SLUICE_RANDOM_STREAM_KEY_BYTES), "the key of a stream has 32 bytes")
        ERR_clear_error()
        guard let pointer = unsafe sluice_random_stream_new(key, library.pointer) else { throw .takingQueue() }
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe sluice_random_stream_free(pointer)
    }

    /// Runs a call of OpenSSL whose randomness comes from this stream.
    func whileDrawing<R, E>(_ body: () throws(E) -> R) throws(E) -> R {
        let before = unsafe sluice_random_stream_enter(pointer)
        defer { unsafe _ = sluice_random_stream_enter(before) }
        return try body()
    }
}

/// Random bytes of the system's generator, for secrets (`RAND_priv_bytes`).
package func systemRandomBytes(_ count: Int) throws(OpenSSLFailure) -> [UInt8] {
    ERR_clear_error()
    var isDrawn = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
        isDrawn = unsafe RAND_priv_bytes(buffer.baseAddress, CInt(clamping: count)) == 1
        initializedCount = isDrawn ? count : 0
    }
    guard isDrawn else { throw .takingQueue() }
    return bytes
}
