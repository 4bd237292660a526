package import SluiceOpenSSL

/// A certificate revocation list (CRL), RFC 5280 §5: what an authority takes back.
///
/// Whether its issuer signed it is checked when a chain is verified. Lists are equal if their DER is.
public struct RevocationList: Sendable {
    /// OpenSSL's list.
    package let handle: CRLHandle

    /// A list that OpenSSL has parsed already.
    package init(_ handle: CRLHandle) {
        self.handle = handle
    }

    /// Parses one list that fills `der` exactly.
    ///
    /// - Throws: ``TLSError/Code/invalidCertificate``.
    public init(der: [UInt8]) throws(TLSError) {
        handle = try TLSError.mapping { () throws(CredentialFailure) in
            try der.withRawSpan { der throws(CredentialFailure) in try CRLHandle.list(der: der) }
        }
    }

    /// Parses every list in PEM text, in its order; blocks of other kinds are passed over.
    ///
    /// - Returns: At least one list.
    /// - Throws: ``TLSError/Code/invalidCertificate`` with the number of the bad block, or because there is none.
    public static func lists(pem: [UInt8]) throws(TLSError) -> [RevocationList] {
        try TLSError.mapping { () throws(CredentialFailure) in
            try pem.withRawSpan { pem throws(CredentialFailure) in try CRLHandle.lists(pem: pem) }
        }
        .map { RevocationList($0) }
    }

    /// The list in DER, byte for byte as it was signed.
    public var der: [UInt8] { handle.der }

    /// Whose certificates it is about, as one line of RFC 4514.
    public var issuer: String { handle.issuer }

    /// When it was made; nil if it holds no good time.
    public var thisUpdate: UnixTime? { handle.lastUpdate.map(UnixTime.init(secondsSince1970:)) }

    /// When the next list is due and this one outdated, likewise; nil where it doesn't say.
    public var nextUpdate: UnixTime? { handle.nextUpdate.map(UnixTime.init(secondsSince1970:)) }
}

extension RevocationList: Hashable {
    /// Whether both have the same DER.
    public static func == (one: RevocationList, other: RevocationList) -> Bool {
        one.der == other.der
    }

    /// Hashes the DER.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(der)
    }
}

extension RevocationList: CustomStringConvertible {
    /// `revocation list of CN=Example`.
    public var description: String { "revocation list of \(issuer)" }
}
