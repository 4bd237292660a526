package import SluiceOpenSSL

/// A private key that can sign in TLS: RSA, ECDSA on a named curve, Ed25519 or Ed448.
///
/// Keys are equal if their public halves are. Nothing of the key shows in a description or a dump.
public struct PrivateKey: Sendable {
    /// OpenSSL's key.
    package let handle: PrivateKeyHandle

    /// A key that OpenSSL has already.
    package init(_ handle: PrivateKeyHandle) {
        self.handle = handle
    }

    /// Parses the first private key in PEM text: PKCS#8, PKCS#1 or SEC 1, encrypted or not.
    ///
    /// Nobody is ever asked for a passphrase. Blocks of other kinds, such as certificates, are passed over.
    ///
    /// - Parameters:
    ///   - pem: The text.
    ///   - passphrase: What opens an encrypted key; ignored if the key isn't encrypted.
    /// - Throws: ``TLSError/Code/wrongPassphrase`` for a wrong one or none, ``TLSError/Code/invalidPrivateKey``.
    public init(pem: [UInt8], passphrase: Passphrase? = nil) throws(TLSError) {
        handle = try TLSError.mapping { () throws(CredentialFailure) in
            try pem.withRawSpan { pem throws(CredentialFailure) in
                try PrivateKeyHandle.privateKey(pem: pem, passphrase: passphrase?.bytes)
            }
        }
    }

    /// Parses the first private key in PEM text.
    ///
    /// - Throws: As for bytes.
    public init(pem: String, passphrase: Passphrase? = nil) throws(TLSError) {
        try self.init(pem: Array(pem.utf8), passphrase: passphrase)
    }

    /// Parses a private key that fills `der` exactly: PKCS#8, encrypted or not, PKCS#1 or SEC 1.
    ///
    /// - Throws: ``TLSError/Code/wrongPassphrase`` for a wrong one or none, ``TLSError/Code/invalidPrivateKey``.
    public init(der: [UInt8], passphrase: Passphrase? = nil) throws(TLSError) {
        handle = try TLSError.mapping { () throws(CredentialFailure) in
            try der.withRawSpan { der throws(CredentialFailure) in
                try PrivateKeyHandle.privateKey(der: der, passphrase: passphrase?.bytes)
            }
        }
    }

    /// The kind of the key.
    public var kind: KeyKind { KeyKind(handle.facts) }

    /// The key as PKCS#8 PEM that is **not encrypted**: whoever reads it has the key.
    ///
    /// - Throws: ``TLSError/Code/invalidPrivateKey`` for a key that can't be exported.
    public func dangerouslyExportedPEM() throws(TLSError) -> String {
        let pem = try TLSError.mapping { () throws(CredentialFailure) in try handle.exportedPEM() }
        return String(decoding: pem, as: UTF8.self)
    }
}

extension PrivateKey: Hashable {
    /// Whether both have the same public half.
    public static func == (one: PrivateKey, other: PrivateKey) -> Bool {
        one.handle.publicKeyDER == other.handle.publicKeyDER
    }

    /// Hashes the public half.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(handle.publicKeyDER)
    }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    /// `PrivateKey(ECDSA P-256)`.
    public var description: String { "PrivateKey(\(kind))" }

    /// A mirror with the kind alone.
    public var customMirror: Mirror { Mirror(self, children: ["kind": kind]) }
}
