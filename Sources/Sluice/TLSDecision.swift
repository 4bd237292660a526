internal import SluiceOpenSSL

/// A question that an engine puts to its owner, where ``TLSParameters/decisions`` asks for it.
///
/// The handshake stands still until ``TLSEngine/resolve(_:)-(ClientHelloAnswer)`` or its siblings answer, any time later
/// and on any thread. Bytes are accepted meanwhile, as long as the ring has room.
public enum TLSDecision: Hashable, Sendable {
    /// A server: what to do with this ClientHello.
    case clientHello(ClientHello)
    /// A client: which identity to present to a server that accepts these authorities.
    case clientIdentity(ClientIdentityRequest)
    /// Whether to accept the peer.
    case peerCertificate(PeerCertificateRequest)
}

/// A server's request for a client certificate.
public struct ClientIdentityRequest: Hashable, Sendable {
    /// Subjects of the authorities that the server accepts, in RFC 4514 form; empty: any.
    public let acceptableAuthorities: [String]
}

/// A peer's chain with OpenSSL's verdict.
public struct PeerCertificateRequest: Hashable, Sendable {
    /// What the peer presented, leaf first.
    public let certificates: [Certificate]
    /// What OpenSSL holds against it, name included; nil if it would accept it.
    public let failure: VerificationFailure?
}

/// What to do with a ClientHello.
public enum ClientHelloAnswer: Sendable {
    /// Go on with the context that the engine was made from.
    case proceed
    /// Go on with this context of a server: its identities, versions, suites, groups, protocols and client
    /// authentication, decisions, observations and security level. Rings stay as they are, and resumption stays with
    /// the engine's own context: its ticket keys, lifetimes and cache.
    case use(TLSContext)
    /// Go on with this identity instead of the context's.
    case useIdentity(TLSIdentity)
    /// End the handshake with this alert; `unrecognizedName` and `handshakeFailure` are the usual ones.
    case refuse(TLSAlert)
}

/// Which identity a client presents.
public enum ClientIdentityAnswer: Sendable {
    /// This one.
    case present(TLSIdentity)
    /// None: the server decides whether that will do.
    case presentNone
}

/// Whether a peer's chain is accepted.
public enum PeerCertificateAnswer: Hashable, Sendable {
    /// The owner vouches for the peer, whatever OpenSSL holds against it.
    case accept
    /// The connection ends with this alert.
    case reject(CertificateRejection)
}

/// Why an owner rejects a peer, as the alert says it. These are the alerts that libssl can send for a certificate.
public enum CertificateRejection: CaseIterable, Hashable, Sendable {
    /// bad_certificate.
    case badCertificate
    /// certificate_expired.
    case certificateExpired
    /// certificate_revoked.
    case certificateRevoked
    /// certificate_unknown.
    case certificateUnknown
    /// unknown_ca.
    case unknownCA
    /// unsupported_certificate.
    case unsupportedCertificate

    /// The alert that the peer gets.
    public var alert: TLSAlert {
        switch self {
        case .badCertificate: .badCertificate
        case .certificateExpired: .certificateExpired
        case .certificateRevoked: .certificateRevoked
        case .certificateUnknown: .certificateUnknown
        case .unknownCA: .unknownCA
        case .unsupportedCertificate: .unsupportedCertificate
        }
    }
}
