/// An alert description, RFC 8446 §6 and the IANA registry "TLS Alerts".
public struct TLSAlert: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt8

    /// The alert with this number, known here or not.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}

extension TLSAlert {
    /// The sender will send nothing more (0).
    public static let closeNotify = TLSAlert(rawValue: 0)
    /// A message that does not belong here (10).
    public static let unexpectedMessage = TLSAlert(rawValue: 10)
    /// A record that can't be decrypted or was altered (20).
    public static let badRecordMAC = TLSAlert(rawValue: 20)
    /// A record longer than 2¹⁴ + 256 bytes, or with more plaintext than 2¹⁴ (22).
    public static let recordOverflow = TLSAlert(rawValue: 22)
    /// No acceptable set of parameters (40).
    public static let handshakeFailure = TLSAlert(rawValue: 40)
    /// A corrupt certificate, or a signature that doesn't verify (42).
    public static let badCertificate = TLSAlert(rawValue: 42)
    /// A certificate of an unsupported type (43).
    public static let unsupportedCertificate = TLSAlert(rawValue: 43)
    /// A revoked certificate (44).
    public static let certificateRevoked = TLSAlert(rawValue: 44)
    /// An expired or not yet valid certificate (45).
    public static let certificateExpired = TLSAlert(rawValue: 45)
    /// A certificate refused for another reason (46).
    public static let certificateUnknown = TLSAlert(rawValue: 46)
    /// A field out of range or inconsistent with others (47).
    public static let illegalParameter = TLSAlert(rawValue: 47)
    /// A chain that ends in no trusted root (48).
    public static let unknownCA = TLSAlert(rawValue: 48)
    /// A valid certificate that isn't allowed in (49).
    public static let accessDenied = TLSAlert(rawValue: 49)
    /// A message that can't be parsed (50).
    public static let decodeError = TLSAlert(rawValue: 50)
    /// A cryptographic check of the handshake that failed (51).
    public static let decryptError = TLSAlert(rawValue: 51)
    /// No version in common (70).
    public static let protocolVersion = TLSAlert(rawValue: 70)
    /// The parameters offered are too weak (71).
    public static let insufficientSecurity = TLSAlert(rawValue: 71)
    /// A failure that is not the peer's (80).
    public static let internalError = TLSAlert(rawValue: 80)
    /// A fallback that should not have happened, RFC 7507 (86).
    public static let inappropriateFallback = TLSAlert(rawValue: 86)
    /// The user gave up (90).
    public static let userCanceled = TLSAlert(rawValue: 90)
    /// Renegotiation refused, TLS 1.2 (100).
    public static let noRenegotiation = TLSAlert(rawValue: 100)
    /// A mandatory extension is missing (109).
    public static let missingExtension = TLSAlert(rawValue: 109)
    /// An extension that must not be here (110).
    public static let unsupportedExtension = TLSAlert(rawValue: 110)
    /// A server name that the server does not serve, RFC 6066 (112).
    public static let unrecognizedName = TLSAlert(rawValue: 112)
    /// An unacceptable OCSP response, RFC 6066 (113).
    public static let badCertificateStatusResponse = TLSAlert(rawValue: 113)
    /// A pre-shared key identity that isn't known (115).
    public static let unknownPSKIdentity = TLSAlert(rawValue: 115)
    /// A client certificate is required (116).
    public static let certificateRequired = TLSAlert(rawValue: 116)
    /// No application protocol in common, RFC 7301 (120).
    public static let noApplicationProtocol = TLSAlert(rawValue: 120)
}

extension TLSAlert: CustomStringConvertible {
    /// The name in the RFCs, `handshake_failure`, or `alert 137` where there is none.
    public var description: String {
        Self.names[self] ?? "alert \(rawValue)"
    }

    /// Every alert that Sluice knows by name.
    package static let names: [TLSAlert: String] = [
        .closeNotify: "close_notify", .unexpectedMessage: "unexpected_message", .badRecordMAC: "bad_record_mac",
        .recordOverflow: "record_overflow", .handshakeFailure: "handshake_failure",
        .badCertificate: "bad_certificate", .unsupportedCertificate: "unsupported_certificate",
        .certificateRevoked: "certificate_revoked", .certificateExpired: "certificate_expired",
        .certificateUnknown: "certificate_unknown", .illegalParameter: "illegal_parameter",
        .unknownCA: "unknown_ca", .accessDenied: "access_denied", .decodeError: "decode_error",
        .decryptError: "decrypt_error", .protocolVersion: "protocol_version",
        .insufficientSecurity: "insufficient_security", .internalError: "internal_error",
        .inappropriateFallback: "inappropriate_fallback", .userCanceled: "user_canceled",
        .noRenegotiation: "no_renegotiation", .missingExtension: "missing_extension",
        .unsupportedExtension: "unsupported_extension", .unrecognizedName: "unrecognized_name",
        .badCertificateStatusResponse: "bad_certificate_status_response",
        .unknownPSKIdentity: "unknown_psk_identity", .certificateRequired: "certificate_required",
        .noApplicationProtocol: "no_application_protocol",
    ]
}
