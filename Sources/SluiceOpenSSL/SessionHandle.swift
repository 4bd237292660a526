internal import COpenSSL

/// A reference to an `SSL_SESSION`: what a client needs to resume.
///
/// `@unchecked Sendable` holds because the session is never changed here after libssl made it or it was parsed, and
/// its reference count is atomic.
@safe package final class SessionHandle: @unchecked Sendable {
    /// One reference, owned; given back in `deinit` (`SSL_SESSION_free`).
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    /// Parses the DER form (`d2i_SSL_SESSION`).
    package convenience init(der: [UInt8]) throws(OpenSSLFailure) {
        ERR_clear_error()
        var consumed = 0
        let session = unsafe der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            let session = unsafe d2i_SSL_SESSION(nil, &cursor, buffer.count)
            if let cursor = unsafe cursor, let start = buffer.baseAddress { consumed = unsafe cursor - start }
            return unsafe session
        }
        guard let session = unsafe session else { throw .takingQueue() }
        unsafe self.init(owning: session)
        guard consumed == der.count else { throw .takingQueue() }
    }

    deinit {
        unsafe SSL_SESSION_free(pointer)
    }

    /// The DER form (`i2d_SSL_SESSION`). It holds the secret that resumes the session.
    package var der: [UInt8] {
        let count = unsafe Int(i2d_SSL_SESSION(pointer, nil))
        guard count > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            var cursor = buffer.baseAddress
            initializedCount = unsafe Int(i2d_SSL_SESSION(pointer, &cursor))
        }
    }

    /// When the session was made, in seconds since 1970 (`SSL_SESSION_get_time`).
    package var time: Int64 { unsafe Int64(SSL_SESSION_get_time(pointer)) }

    /// How long the session may be used, in seconds: the ticket's lifetime where the server gave one
    /// (`SSL_SESSION_get_ticket_lifetime_hint`), else libssl's own timeout (`SSL_SESSION_get_timeout`).
    package var lifetime: Int64 {
        let hint = unsafe Int64(clamping: SSL_SESSION_get_ticket_lifetime_hint(pointer))
        return hint > 0 ? hint : unsafe Int64(SSL_SESSION_get_timeout(pointer))
    }

    /// Whether libssl would offer this session to a server (`SSL_SESSION_is_resumable`).
    package var isResumable: Bool { unsafe SSL_SESSION_is_resumable(pointer) == 1 }
}
