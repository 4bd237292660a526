internal import COpenSSL

/// How an OCSP response names a certificate, the CertID of RFC 6960 §4.1.1: its number, and its issuer by two digests.
struct OCSPCertificateID: Hashable, Sendable {
    /// The digest algorithm, as OpenSSL numbers it.
    private let digest: CInt
    private let issuerNameDigest: [UInt8]
    private let issuerKeyDigest: [UInt8]
    /// The serial number in lower-case hexadecimal.
    let serialHex: String

    /// Reads an `OCSP_CERTID` (`OCSP_id_get0_info`).
    init?(_ identifier: OpaquePointer?) {
        var nameDigest: UnsafeMutablePointer<ASN1_OCTET_STRING>?
        var algorithm: OpaquePointer?
        var keyDigest: UnsafeMutablePointer<ASN1_OCTET_STRING>?
        var serial: UnsafeMutablePointer<ASN1_INTEGER>?
        guard let identifier = unsafe identifier,
            unsafe OCSP_id_get0_info(&nameDigest, &algorithm, &keyDigest, &serial, identifier) == 1
        else { return nil }
        digest = unsafe OBJ_obj2nid(algorithm)
        issuerNameDigest = unsafe bytes(of: nameDigest)
        issuerKeyDigest = unsafe bytes(of: keyDigest)
        serialHex = unsafe hexadecimal(serial)
        guard !serialHex.isEmpty else { return nil }
    }

    /// Whether it names this certificate (`EVP_get_digestbyname`, `X509_NAME_digest`, `X509_pubkey_digest`).
    func isOf(_ certificate: X509Handle, issuer: X509Handle?) -> Bool {
        defer { ERR_clear_error() }
        guard serialHex == certificate.serialHex, let algorithm = unsafe EVP_get_digestbyname(OBJ_nid2sn(digest))
        else { return false }
        let nameDigest = unsafe certificate.withPointer { certificate in
            unsafe digestBytes { unsafe X509_NAME_digest(X509_get_issuer_name(certificate), algorithm, $0, $1) }
        }
        guard nameDigest == issuerNameDigest else { return false }
        guard let issuer else { return true }
        return unsafe issuer.withPointer { issuer in
            unsafe digestBytes { unsafe X509_pubkey_digest(issuer, algorithm, $0, $1) } == issuerKeyDigest
        }
    }
}

/// What one of OpenSSL's digest functions puts out; nil where it failed.
private func digestBytes(
    _ body: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<CUnsignedInt>) -> CInt
) -> [UInt8]? {
    var (count, isDone): (CUnsignedInt, Bool) = (0, false)
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initializedCount in
        isDone = unsafe body(buffer.baseAddress, &count) == 1
        initializedCount = isDone ? Int(count) : 0
    }
    return isDone ? bytes : nil
}
