internal import SluiceOpenSSL

extension Certificate {
    /// Whom it is about, as one line of RFC 4514: `CN=server.test,O=Example`.
    ///
    /// The peer chose the words; control characters are escaped.
    public var subject: String { handle.subject }

    /// Who signed it, likewise.
    public var issuer: String { handle.issuer }

    /// The common name in the subject: `server.test`; nil if it has none, or several, or one with control characters.
    ///
    /// Peers are known by the names below. A common name is for people, and for old rules that go by it.
    public var commonName: String? { handle.commonName }

    /// The serial number in lower-case hexadecimal.
    public var serialNumber: String { handle.serialHex }

    /// When it begins to be valid; nil if it holds no good time.
    public var notBefore: UnixTime? { handle.notBefore.map(UnixTime.init(secondsSince1970:)) }

    /// The last second at which it is valid, likewise.
    public var notAfter: UnixTime? { handle.notAfter.map(UnixTime.init(secondsSince1970:)) }

    /// The host names that it is for, wildcards such as `*.example.com` included.
    ///
    /// Here and in ``emailAddresses`` and ``uris`` a name that isn't printable ASCII is left out: with a NUL in it, it
    /// could pass for the part in front.
    public var dnsNames: [String] { handle.alternativeNames.dnsNames }

    /// The IP addresses that it is for, in canonical text.
    public var ipAddresses: [String] {
        handle.alternativeNames.ipAddresses.compactMap { IPAddress(bytes: $0)?.description }
    }

    /// The e-mail addresses that it is for.
    public var emailAddresses: [String] { handle.alternativeNames.emailAddresses }

    /// The URIs that it is for, such as a SPIFFE identity.
    public var uris: [String] { handle.alternativeNames.uris }

    /// The SHA-256 of the DER: 32 bytes that name the certificate.
    public var sha256: [UInt8] { handle.sha256 }

    /// ``sha256`` as people compare it: `9F:86:D0:81:…`.
    public var fingerprint: String {
        sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }

    /// The kind of its key; nil if OpenSSL can't decode the key.
    public var keyKind: KeyKind? { handle.publicKey.map { KeyKind($0) } }

    /// Whether it may sign other certificates.
    public var isAuthority: Bool { handle.isAuthority }

    /// Whether it names itself as its issuer.
    public var isSelfSigned: Bool { handle.isSelfSigned }

    /// Whether `key` is the private half of its key: the public halves agree, and what the key signs verifies.
    public func matches(_ key: PrivateKey) -> Bool {
        handle.matches(key.handle)
    }
}
