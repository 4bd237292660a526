internal import COpenSSL

/// A certificate chain, leaf first, with the leaf's private key.
package struct IdentityHandle: Sendable {
    package let chain: [X509Handle]
    package let key: PrivateKeyHandle
    /// What a server sends with the leaf to clients that ask for its status, in DER; empty for nothing.
    package let ocspResponse: [UInt8]

    package init(chain: [X509Handle], key: PrivateKeyHandle, ocspResponse: [UInt8]) {
        self.chain = chain
        self.key = key
        self.ocspResponse = ocspResponse
    }

    /// The same identity with another object for its key.
    private func with(_ key: PrivateKeyHandle) -> IdentityHandle {
        IdentityHandle(chain: chain, key: key, ocspResponse: ocspResponse)
    }

    /// The same identity with its key in another library context.
    func imported(into library: LibraryContext) throws(CredentialFailure) -> IdentityHandle {
        with(try key.imported(into: library))
    }

    /// The same identity for one engine alone, with an RSA key of its own: that keeps blinding state, which draws
    /// randomness now and then, as often as it was used (EC and Edwards keys keep none).
    func forOneEngine() throws(CredentialFailure) -> IdentityHandle {
        switch key.facts.algorithm {
        case .rsa, .rsaPSS: with(try key.duplicated())
        default: self
        }
    }

    /// Whether the leaf bears this host name (`X509_check_host`).
    func isFor(hostName: String) -> Bool {
        unsafe chain.first?.withPointer { leaf in
            unsafe X509_check_host(leaf, hostName, 0, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS), nil) == 1
        } ?? false
    }

    /// Whether this is the very `X509` that the identity installs as its leaf.
    func isLeaf(_ certificate: OpaquePointer) -> Bool {
        unsafe chain.first?.withPointer { $0 == certificate } ?? false
    }

    /// Whether both leaves are for the same host names, so that one can stand for the other.
    func bearsSameNames(as other: IdentityHandle) -> Bool {
        chain.first?.alternativeNames == other.chain.first?.alternativeNames
    }

    /// Adds the identity to a connection, in its key type's place (`SSL_use_cert_and_key`).
    func install(on ssl: OpaquePointer) -> Bool {
        unsafe withPointers { leaf, key, others in unsafe SSL_use_cert_and_key(ssl, leaf, key, others, 1) == 1 }
    }

    /// Adds the identity to a context, in its key type's place (`SSL_CTX_use_cert_and_key`).
    func install(onContext context: OpaquePointer) -> Bool {
        unsafe withPointers { leaf, key, others in unsafe SSL_CTX_use_cert_and_key(context, leaf, key, others, 1) == 1 }
    }

    /// Lends the leaf, its key and a stack of the certificates above it; libssl takes references of its own.
    private func withPointers(_ body: (OpaquePointer, OpaquePointer, OpaquePointer) -> Bool) -> Bool {
        guard let leaf = chain.first else { return false }
        let isInstalled = try? unsafe X509Handle.withStack(chain.dropFirst()) { others throws(CredentialFailure) in
            unsafe leaf.withPointer { leaf in unsafe key.withPointer { unsafe body(leaf, $0, others) } }
        }
        return isInstalled ?? false
    }
}
