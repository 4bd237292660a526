internal import COpenSSL

// What stands behind a certificate in a block of `BEGIN TRUSTED CERTIFICATE`: what it is trusted for and what not, see
// openssl-x509(1). A root's settings decide on the chains that it ends.

extension X509Handle {
    /// The DER form with the trust settings behind it, if there are any (`i2d_X509_AUX`).
    package var derWithTrustSettings: [UInt8] {
        unsafe withPointer { certificate in
            let count = unsafe Int(i2d_X509_AUX(certificate, nil))
            guard count > 0 else { return [] }
            return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
                var next = buffer.baseAddress
                initializedCount = unsafe max(0, Int(i2d_X509_AUX(certificate, &next)))
            }
        }
    }

    /// Parses a certificate and its trust settings, if there are any, which fill `bytes` exactly (`d2i_X509_AUX`).
    package convenience init(derWithTrustSettings bytes: [UInt8]) throws(CredentialFailure) {
        ERR_clear_error()
        var count = 0
        let certificate = unsafe bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            let certificate = unsafe d2i_X509_AUX(nil, &next, buffer.count)
            if let next = unsafe next, let start = buffer.baseAddress { count = unsafe next - start }
            return unsafe certificate
        }
        let words = "\(bytes.count) bytes are not one DER certificate with trust settings"
        guard let certificate = unsafe certificate else { throw CredentialFailure(.malformedCertificate, words) }
        unsafe self.init(owning: certificate)
        guard count == bytes.count else { throw CredentialFailure(.malformedCertificate, words) }
    }
}
