package import SluiceOpenSSL

/// What one end of a connection shows the other, and proves: a certificate chain and the private key of its leaf.
///
/// The key is known to belong to the leaf: every initialiser has it sign something that the certificate verifies.
public struct TLSIdentity: Hashable, Sendable {
    /// The certificates in the order in which they're sent: the leaf, then its issuer and so on. Never empty.
    public let certificateChain: [Certificate]

    /// The private key of the leaf.
    public let privateKey: PrivateKey

    /// What the leaf's authority says of it, see ``stapling(_:)``.
    public internal(set) var ocspResponse: OCSPResponse?

    /// An identity of a chain, leaf first, and the leaf's key.
    ///
    /// The root need not be in the chain: whoever trusts it has it.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate`` for an empty chain, ``TLSError/Code/keyMismatch`` for another's key.
    public init(certificateChain: [Certificate], privateKey: PrivateKey) throws(TLSError) {
        guard let leaf = certificateChain.first else {
            throw TLSError(.invalidCertificate, fault: .caller, "an identity needs at least one certificate")
        }
        guard leaf.matches(privateKey) else {
            let words = "the \(privateKey.kind) key doesn't belong to the certificate of \(leaf)"
            throw TLSError(.keyMismatch, fault: .caller, words)
        }
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }

    /// An identity of PEM text: every certificate of `pemChain`, leaf first, and the first key of `pemKey`.
    ///
    /// Both may be the same text, with certificates and key in one file.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate``, ``TLSError/Code/invalidPrivateKey``,
    ///   ``TLSError/Code/wrongPassphrase`` or ``TLSError/Code/keyMismatch``.
    public init(pemChain: [UInt8], pemKey: [UInt8], passphrase: Passphrase? = nil) throws(TLSError) {
        try self.init(
            certificateChain: Certificate.certificates(pem: pemChain),
            privateKey: PrivateKey(pem: pemKey, passphrase: passphrase)
        )
    }

    /// An identity of a PKCS#12 file (`.p12`, `.pfx`), RFC 7292. Its certificates are put in order.
    ///
    /// - Throws: ``TLSError/Code/wrongPassphrase``, ``TLSError/Code/invalidCertificate`` for a file without a key and its
    ///   certificate, ``TLSError/Code/invalidPrivateKey`` for a file encrypted with what OpenSSL no longer offers.
    public init(pkcs12: [UInt8], passphrase: Passphrase? = nil) throws(TLSError) {
        let contents = try TLSError.mapping { () throws(CredentialFailure) in
            try pkcs12.withRawSpan { pkcs12 throws(CredentialFailure) in
                try PKCS12Contents(pkcs12, passphrase: passphrase?.bytes)
            }
        }
        try self.init(certificateChain: contents.chain.map(Certificate.init), privateKey: PrivateKey(contents.key))
    }

    /// The certificate that the key belongs to: the first of the chain.
    public var leaf: Certificate { certificateChain[0] }
}

extension TLSIdentity: CustomStringConvertible {
    /// The leaf and the kind of key: `CN=server.test (ECDSA P-256)`.
    public var description: String { "\(leaf) (\(privateKey.kind))" }
}

extension TLSIdentity {
    /// The identity as the fence takes it.
    package var handle: IdentityHandle {
        IdentityHandle(
            chain: certificateChain.map(\.handle),
            key: privateKey.handle,
            ocspResponse: ocspResponse?.der ?? []
        )
    }
}
