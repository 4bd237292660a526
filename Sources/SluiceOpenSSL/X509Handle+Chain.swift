internal import COpenSSL

extension X509Handle {
    /// Whether this certificate's name and key identifier are those of `other`'s issuer (`X509_check_issued`).
    package func isIssuer(of other: X509Handle) -> Bool {
        defer { ERR_clear_error() }
        return unsafe withPointer { issuer in
            unsafe other.withPointer { unsafe X509_check_issued(issuer, $0) == X509_V_OK }
        }
    }

    /// `leaf`, then its issuer, that one's issuer and so on, then those of `others` that are no part of the chain.
    static func ordered(from leaf: X509Handle, among others: [X509Handle]) -> [X509Handle] {
        var chain = [leaf]
        var rest = others
        while let last = chain.last, let index = rest.firstIndex(where: { $0.isIssuer(of: last) }) {
            chain.append(rest.remove(at: index))
        }
        return chain + rest
    }

    /// The certificates in a `STACK_OF(X509)`, each with a reference of its own; none for null.
    static func certificates(in stack: OpaquePointer?) throws(CredentialFailure) -> [X509Handle] {
        guard let stack = unsafe stack else { return [] }
        var certificates: [X509Handle] = []
        for index in 0..<max(0, unsafe sluice_sk_X509_num(stack)) {
            guard let certificate = unsafe sluice_sk_X509_value(stack, index) else { continue }
            certificates.append(try unsafe X509Handle(sharing: certificate))
        }
        return certificates
    }

    /// Lends a `STACK_OF(X509)` of these certificates for the length of a call; it adds no references.
    static func withStack<R>(
        _ certificates: some Collection<X509Handle>,
        _ body: (OpaquePointer) throws(CredentialFailure) -> R
    ) throws(CredentialFailure) -> R {
        guard let stack = unsafe sluice_sk_X509_new_null() else {
            throw CredentialFailure(.outOfMemory, "sk_X509_new_null failed")
        }
        defer {
            unsafe sluice_sk_X509_free(stack)
            withExtendedLifetime(certificates) {}
        }
        for certificate in certificates {
            guard unsafe certificate.withPointer({ unsafe sluice_sk_X509_push(stack, $0) }) > 0 else {
                throw CredentialFailure(.outOfMemory, "sk_X509_push failed")
            }
        }
        return try unsafe body(stack)
    }
}
