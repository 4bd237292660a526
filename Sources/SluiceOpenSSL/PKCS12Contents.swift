internal import COpenSSL

/// What a PKCS#12 file, RFC 7292, holds for TLS: a key and the chain of its certificate.
package struct PKCS12Contents: Sendable {
    /// The key.
    package let key: PrivateKeyHandle

    /// The certificates, the key's first, each followed by its issuer where the file has it; then the rest.
    package let chain: [X509Handle]

    /// Opens and parses a file (`d2i_PKCS12`, `PKCS12_parse`).
    ///
    /// The file's own MAC tells whether the passphrase is right. None and empty are both tried where `passphrase` is nil
    /// or empty, as every other tool does.
    ///
    /// - Throws: `wrongPassphrase` or `missingPassphrase`, `unsupportedEncryption` for RC2 and its age,
    ///   `malformedBundle` for everything that isn't a PKCS#12 file with a key and its certificate.
    package init(_ der: RawSpan, passphrase: [UInt8]?) throws(CredentialFailure) {
        ERR_clear_error()
        let bundle = unsafe der.withUnsafeBytes { buffer in
            var next = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return unsafe d2i_PKCS12(nil, &next, buffer.count)
        }
        guard let bundle = unsafe bundle else {
            throw CredentialFailure(.malformedBundle, "\(der.byteCount) bytes are not a PKCS#12 file")
        }
        defer { unsafe PKCS12_free(bundle) }
        var parts = unsafe try Parts(bundle, passphrase: passphrase)
        defer { unsafe parts.free() }
        // Each part has its owner before the next is looked at, or a file with a key alone would leak it.
        guard let key = unsafe parts.takeKey() else { throw Self.incomplete }
        self.key = try unsafe PrivateKeyHandle(owning: key)
        guard let leaf = unsafe parts.takeCertificate() else { throw Self.incomplete }
        let certificate = unsafe X509Handle(owning: leaf)
        chain = X509Handle.ordered(from: certificate, among: try unsafe X509Handle.certificates(in: parts.authorities))
    }

    /// OpenSSL tells a certificate to be the key's by the key: without a match there is none.
    private static var incomplete: CredentialFailure {
        CredentialFailure(.malformedBundle, "the PKCS#12 file holds no private key with its certificate")
    }
}

/// What `PKCS12_parse` gives out, each part owned until it is taken.
@unsafe
private struct Parts {
    private var key: OpaquePointer?
    private var certificate: OpaquePointer?
    private(set) var authorities: OpaquePointer?

    /// `PKCS12_parse`.
    init(_ bundle: OpaquePointer, passphrase: [UInt8]?) throws(CredentialFailure) {
        var (key, certificate, authorities): (OpaquePointer?, OpaquePointer?, OpaquePointer?) = (nil, nil, nil)
        let isParsed = try unsafe withCString(passphrase) {
            unsafe PKCS12_parse(bundle, $0, &key, &certificate, &authorities) == 1
        }
        guard isParsed else { throw unsafe Self.failure(hasPassphrase: passphrase?.isEmpty == false) }
        unsafe (self.key, self.certificate, self.authorities) = (key, certificate, authorities)
    }

    /// Hands the key over to the caller.
    mutating func takeKey() -> OpaquePointer? { unsafe key.take() }

    /// Hands the certificate over to the caller.
    mutating func takeCertificate() -> OpaquePointer? { unsafe certificate.take() }

    /// Releases what wasn't taken.
    func free() {
        unsafe EVP_PKEY_free(key)
        unsafe X509_free(certificate)
        unsafe sluice_sk_X509_pop_free(authorities)
    }

    /// Tells a wrong passphrase from the rest, by OpenSSL's codes.
    private static func failure(hasPassphrase: Bool) -> CredentialFailure {
        let failure = CredentialFailure(.malformedBundle, "the PKCS#12 file can't be read")
        if failure.openSSL.matches(library: ERR_LIB_PKCS12, reason: PKCS12_R_MAC_VERIFY_FAILURE) {
            return hasPassphrase
                ? failure.renamed(.wrongPassphrase, "the passphrase doesn't open the PKCS#12 file")
                : failure.renamed(.missingPassphrase, "the PKCS#12 file needs a passphrase")
        }
        if failure.openSSL.isUnsupportedAlgorithm {
            return failure.renamed(
                .unsupportedEncryption,
                "the PKCS#12 file is encrypted with an algorithm that OpenSSL doesn't offer: export it again with AES"
            )
        }
        return failure
    }
}

/// Lends a passphrase as a C string that is wiped afterwards (`OPENSSL_cleanse`); null for none.
private func withCString<R>(_ passphrase: [UInt8]?, _ body: (UnsafePointer<CChar>?) -> R) throws(CredentialFailure) -> R
{
    guard let passphrase else { return body(nil) }
    if passphrase.contains(0) {
        throw CredentialFailure(.wrongPassphrase, "the passphrase of a PKCS#12 file can't hold a zero byte")
    }
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: passphrase.count + 1) { buffer in
        defer { unsafe OPENSSL_cleanse(buffer.baseAddress, buffer.count) }
        _ = unsafe buffer.initialize(from: passphrase + [0])
        return unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe body(UnsafePointer($0.baseAddress)) }
    }
}
