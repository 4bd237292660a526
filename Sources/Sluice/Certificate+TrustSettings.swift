internal import SluiceOpenSSL

extension Certificate {
    /// The certificate in DER, and behind it what OpenSSL's `BEGIN TRUSTED CERTIFICATE` says of it, if it came from there.
    package var derWithTrustSettings: [UInt8] { handle.derWithTrustSettings }

    /// Parses what ``derWithTrustSettings`` gave.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate``.
    package init(derWithTrustSettings bytes: [UInt8]) throws(TLSError) {
        self.init(
            try TLSError.mapping { () throws(CredentialFailure) in try X509Handle(derWithTrustSettings: bytes) }
        )
    }
}
