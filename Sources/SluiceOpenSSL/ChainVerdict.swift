internal import COpenSSL

/// OpenSSL's verdict on a certificate chain.
package struct ChainVerdict: Sendable {
    /// `X509_V_OK` or the first `X509_V_ERR_…`.
    package let code: Int32

    /// Which certificate the verdict is about, counted from the leaf, which is 0.
    package let depth: Int

    /// That certificate, where there is one.
    package let certificate: X509Handle?

    /// The chain from the leaf to the root as far as it was built.
    package let chain: [X509Handle]

    /// Whether the chain is good.
    package var isAccepted: Bool { code == X509_V_OK }

    /// What a verify code means, in OpenSSL's words (`X509_verify_cert_error_string`).
    package static func words(for code: Int32) -> String {
        unsafe String(cString: X509_verify_cert_error_string(Int(code)))
    }

    /// Reads the verdict off a context that has verified (`X509_STORE_CTX_get_error` and kin).
    ///
    /// Its pointers stay the context's: what is kept has references of its own.
    init(readingFrom context: OpaquePointer) throws(CredentialFailure) {
        code = unsafe X509_STORE_CTX_get_error(context)
        depth = unsafe Int(X509_STORE_CTX_get_error_depth(context))
        certificate = try unsafe X509_STORE_CTX_get_current_cert(context).map { certificate throws(CredentialFailure) in
            try unsafe X509Handle(sharing: certificate)
        }
        chain = try unsafe X509Handle.certificates(in: X509_STORE_CTX_get0_chain(context))
    }
}

extension TrustStoreHandle {
    /// Checks a chain without a connection (`X509_verify_cert`).
    ///
    /// - Parameters:
    ///   - chain: The leaf, then what the peer sent with it; in any order after the leaf.
    ///   - parameters: What the chain must satisfy.
    /// - Returns: The verdict. A chain that isn't accepted is no failure.
    /// - Throws: `emptyChain`, and what keeps OpenSSL from checking at all.
    package func verify(
        _ chain: [X509Handle],
        _ parameters: VerificationParameters
    ) throws(CredentialFailure) -> ChainVerdict {
        ERR_clear_error()
        guard let leaf = chain.first else { throw CredentialFailure(.emptyChain, "no certificate to verify") }
        guard let context = unsafe X509_STORE_CTX_new() else {
            throw CredentialFailure(.outOfMemory, "X509_STORE_CTX_new failed")
        }
        defer {
            unsafe X509_STORE_CTX_free(context)
            ERR_clear_error()
        }
        return try unsafe X509Handle.withStack(chain.dropFirst()) { others throws(CredentialFailure) in
            try unsafe withPointer { store throws(CredentialFailure) in
                try unsafe leaf.withPointer { leaf throws(CredentialFailure) in
                    guard unsafe X509_STORE_CTX_init(context, store, leaf, others) == 1,
                        let own = unsafe X509_STORE_CTX_get0_param(context)
                    else { throw CredentialFailure(.outOfMemory, "X509_STORE_CTX_init failed") }
                    try unsafe parameters.apply(to: own)
                    unsafe recordVerdict(of: context)
                    return try unsafe ChainVerdict(readingFrom: context)
                }
            }
        }
    }

    /// Runs `X509_verify_cert`; a failure to which it gives no code gets one (`X509_STORE_CTX_set_error`).
    private func recordVerdict(of context: OpaquePointer) {
        let isAccepted = unsafe X509_verify_cert(context) == 1
        if !isAccepted, unsafe X509_STORE_CTX_get_error(context) == X509_V_OK {
            unsafe X509_STORE_CTX_set_error(context, X509_V_ERR_UNSPECIFIED)
        }
    }
}
