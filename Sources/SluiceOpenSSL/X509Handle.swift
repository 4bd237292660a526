internal import COpenSSL

/// A certificate: owns one reference to an `X509`.
///
/// `@unchecked Sendable` holds because nothing changes the certificate after the initialiser, OpenSSL counts references
/// atomically and fills its caches (extension flags, decoded key) under the object's own lock.
@safe
package final class X509Handle: @unchecked Sendable {
    /// Our reference; released by `deinit` (`X509_free`).
    private let pointer: OpaquePointer

    /// Takes over the caller's reference.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    /// A certificate that somebody else owns: adds a reference (`X509_up_ref`).
    convenience init(sharing pointer: OpaquePointer) throws(CredentialFailure) {
        guard unsafe X509_up_ref(pointer) == 1 else { throw CredentialFailure(.outOfMemory, "X509_up_ref failed") }
        unsafe self.init(owning: pointer)
    }

    deinit { unsafe X509_free(pointer) }

    /// The certificate in DER, as it was signed (`i2d_X509`).
    ///
    /// - Complexity: A copy of libcrypto's own encoding each time. A handshake makes handles of certificates that nobody
    ///   may ever look at, so none is kept.
    package var der: [UInt8] {
        let count = unsafe Int(i2d_X509(pointer, nil))
        guard count > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            var next = buffer.baseAddress
            initializedCount = unsafe Int(i2d_X509(pointer, &next))
        }
    }

    /// Lends the `X509` for the length of a call; whoever keeps it must add a reference.
    func withPointer<R, E>(_ body: (OpaquePointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(pointer)
    }
}
