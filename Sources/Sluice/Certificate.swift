package import SluiceOpenSSL

/// An X.509 certificate, RFC 5280.
///
/// To have one says nothing about trust: it parses, no more. Certificates are equal if their DER is.
public struct Certificate: Sendable {
    /// OpenSSL's certificate.
    package let handle: X509Handle

    /// A certificate that OpenSSL has parsed already.
    package init(_ handle: X509Handle) {
        self.handle = handle
    }

    /// Parses one certificate that fills `der` exactly.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate``.
    public init(der: RawSpan) throws(TLSError) {
        handle = try TLSError.mapping { () throws(CredentialFailure) in try X509Handle(der: der) }
    }

    /// Parses one certificate that fills `der` exactly.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate``.
    public init(der: [UInt8]) throws(TLSError) {
        self = try der.withRawSpan { der throws(TLSError) in try Certificate(der: der) }
    }

    /// Parses every certificate in PEM text, in its order.
    ///
    /// Blocks of other kinds, such as keys, and text around the blocks are passed over.
    ///
    /// - Returns: At least one certificate.
    /// - Throws: ``TLSError/Code/invalidCertificate`` with the number of the bad block, or because there is none.
    public static func certificates(pem: RawSpan) throws(TLSError) -> [Certificate] {
        try TLSError.mapping { () throws(CredentialFailure) in try X509Handle.certificates(pem: pem) }
            .map(Certificate.init)
    }

    /// Parses every certificate in PEM text, in its order.
    ///
    /// - Throws: As for a span.
    public static func certificates(pem: [UInt8]) throws(TLSError) -> [Certificate] {
        try pem.withRawSpan { pem throws(TLSError) in try certificates(pem: pem) }
    }

    /// Parses every certificate in PEM text, in its order.
    ///
    /// - Throws: As for a span.
    public static func certificates(pem: String) throws(TLSError) -> [Certificate] {
        try certificates(pem: Array(pem.utf8))
    }

    /// The certificate in DER, byte for byte as it was signed.
    public var der: [UInt8] { handle.der }

    /// The certificate as one PEM block.
    public var pem: String { (try? handle.pem()).map { String(decoding: $0, as: UTF8.self) } ?? "" }
}

extension Certificate: Hashable {
    /// Whether both have the same DER.
    public static func == (one: Certificate, other: Certificate) -> Bool {
        one.der == other.der
    }

    /// Hashes the DER.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}

extension Certificate: CustomStringConvertible {
    /// The subject, or the first alternative name where the subject is empty: `CN=server.test`.
    public var description: String {
        subject.isEmpty ? dnsNames.first ?? ipAddresses.first ?? "certificate without a name" : subject
    }
}
