internal import COpenSSL

extension X509Handle {
    /// Parses one certificate that fills `der` exactly (`d2i_X509`).
    package convenience init(der: RawSpan) throws(CredentialFailure) {
        let words = "\(der.byteCount) bytes are not one DER certificate"
        let certificate = unsafe der.withUnsafeBytes { buffer in
            unsafe Self.decode(buffer.baseAddress, count: buffer.count)
        }
        guard let certificate = unsafe certificate else { throw CredentialFailure(.malformedCertificate, words) }
        unsafe self.init(owning: certificate)
    }

    /// Parses every certificate in PEM text; blocks of other kinds and text around the blocks are passed over.
    ///
    /// - Throws: `malformedCertificate` that names the block, or says that there is none.
    package static func certificates(pem: RawSpan) throws(CredentialFailure) -> [X509Handle] {
        var certificates: [X509Handle] = []
        let count = try unsafe PEMBlock.forEach(in: pem, malformed: .malformedCertificate) {
            block throws(CredentialFailure) in
            if let certificate = try unsafe X509Handle(block) { certificates.append(certificate) }
            return .next
        }
        if certificates.isEmpty {
            throw CredentialFailure(.malformedCertificate, "no certificate among \(count) PEM blocks")
        }
        return certificates
    }

    /// The certificate in a PEM block; nil if the block is something else.
    private convenience init?(_ block: PEMBlock) throws(CredentialFailure) {
        let pointer: OpaquePointer?
        switch unsafe block.label {
        case PEM_STRING_X509, PEM_STRING_X509_OLD:
            unsafe pointer = Self.decode(block.bytes, count: block.count)
        case PEM_STRING_X509_TRUSTED:
            unsafe pointer = Self.decodeTrusted(block.bytes, count: block.count)
        default:
            return nil
        }
        guard let pointer = unsafe pointer else {
            throw unsafe CredentialFailure(.malformedCertificate, "\(block.name) is not a certificate")
        }
        unsafe self.init(owning: pointer)
    }

    /// `d2i_X509`, which must use every byte.
    private static func decode(_ start: UnsafeRawPointer?, count: Int) -> OpaquePointer? {
        ERR_clear_error()
        let end = unsafe start.map { unsafe $0 + count }
        var next = unsafe start?.assumingMemoryBound(to: UInt8.self)
        guard let certificate = unsafe d2i_X509(nil, &next, count) else { return nil }
        if unsafe next.map(UnsafeRawPointer.init) == end { return unsafe certificate }
        unsafe X509_free(certificate)
        return nil
    }

    /// `d2i_X509_AUX`, for the blocks that `openssl x509 -trustout` writes.
    private static func decodeTrusted(_ start: UnsafePointer<UInt8>, count: Int) -> OpaquePointer? {
        var next: UnsafePointer<UInt8>? = unsafe start
        return unsafe d2i_X509_AUX(nil, &next, count)
    }
}
