internal import COpenSSL
internal import CRandomStream

/// An `OSSL_LIB_CTX` of Sluice's own: the default provider's algorithms, with randomness from ``RandomStream``.
///
/// Repeatable engines live in it, ordinary ones in OpenSSL's default context, which nothing here touches. There is one
/// for the whole process, as it holds nothing but algorithms: loading a provider for each `SSL_CTX` would cost more than
/// the `SSL_CTX` itself. It is never freed, so whatever was made in it may outlive every engine.
///
/// `@unchecked Sendable` holds because an `OSSL_LIB_CTX` guards itself (threads(7)).
@safe final class LibraryContext: @unchecked Sendable {
    /// Never freed.
    let pointer: OpaquePointer

    /// The one of repeatable engines, or why there is none.
    static let repeatable = Result { () throws(OpenSSLFailure) in try LibraryContext() }

    /// Nothing of the default context applies to it (`OSSL_LIB_CTX_new`). An `SSL_CTX` in it still gets what openssl.cnf says
    /// of each `SSL_CTX`, see `ContextHandle.forgetSystemDefaults()`.
    private init() throws(OpenSSLFailure) {
        ERR_clear_error()
        guard let pointer = unsafe OSSL_LIB_CTX_new() else { throw .takingQueue() }
        unsafe self.pointer = pointer
        guard unsafe OSSL_PROVIDER_add_builtin(pointer, providerName, sluice_random_stream_provider_init) == 1,
            unsafe OSSL_PROVIDER_load(pointer, providerName) != nil,
            unsafe OSSL_PROVIDER_load(pointer, "default") != nil,
            unsafe RAND_set_DRBG_type(pointer, SLUICE_RANDOM_STREAM_NAME, "provider=sluice", nil, nil) == 1
        else { throw .takingQueue() }
    }
}

private let providerName = "sluice"
