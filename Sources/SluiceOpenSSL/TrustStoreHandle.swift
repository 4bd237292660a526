internal import COpenSSL

/// The roots and revocation lists that certificates are checked against: owns one reference to an `X509_STORE`.
///
/// Everything is read when the store is made. OpenSSL could look certificates up in a directory later, but then a
/// handshake would open files, and this engine never does.
///
/// `@unchecked Sendable` holds because nothing is added after the initialiser, and OpenSSL counts references atomically
/// and reads the store under its own lock.
@safe
package final class TrustStoreHandle: @unchecked Sendable {
    /// Our reference; released by `deinit` (`X509_STORE_free`).
    private let pointer: OpaquePointer

    /// Where roots come from.
    package enum Source: Sendable {
        case system
        case certificates([X509Handle])
        case file(String)
        case directory(String)
    }

    /// A store with everything from `sources` and with `revocationLists` (`X509_STORE_new`).
    ///
    /// - Throws: `unreadableFile` that names the path.
    package init(_ sources: [Source], revocationLists: [CRLHandle] = []) throws(CredentialFailure) {
        ERR_clear_error()
        guard let store = unsafe X509_STORE_new() else {
            throw CredentialFailure(.outOfMemory, "X509_STORE_new failed")
        }
        unsafe pointer = store
        for source in sources { try load(source) }
        for list in revocationLists { try add(list) }
    }

    deinit { unsafe X509_STORE_free(pointer) }

    /// Lends the `X509_STORE` for the length of a call; whoever keeps it must add a reference.
    func withPointer<R, E>(_ body: (OpaquePointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(pointer)
    }

    private func load(_ source: Source) throws(CredentialFailure) {
        switch source {
        case .system: try loadSystem()
        case .certificates(let certificates): for certificate in certificates { try add(certificate) }
        case .file(let path): try load(file: path)
        case .directory(let path): try load(directory: path)
        }
    }

    /// `X509_STORE_add_cert`, which passes over what is there already.
    private func add(_ certificate: X509Handle) throws(CredentialFailure) {
        let isAdded = unsafe withPointer { store in
            unsafe certificate.withPointer { unsafe X509_STORE_add_cert(store, $0) == 1 }
        }
        if !isAdded { throw CredentialFailure(.outOfMemory, "\(certificate.subject) can't be added to the roots") }
    }

    /// `X509_STORE_add_crl`.
    private func add(_ list: CRLHandle) throws(CredentialFailure) {
        let isAdded = unsafe withPointer { store in
            unsafe list.withPointer { unsafe X509_STORE_add_crl(store, $0) == 1 }
        }
        if !isAdded { throw CredentialFailure(.outOfMemory, "the list of \(list.issuer) can't be added to the roots") }
    }
}
