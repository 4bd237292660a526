/// What a server is made from.
public struct TLSServerConfiguration: Hashable, Sendable {
    /// Who the server is. With several, those that bear the name the client asked for are candidates (else those that
    /// bear the first one's names), and among them the key type that the client can verify decides.
    public var identities: [TLSIdentity]

    /// Whether clients must say who they are.
    public var clientAuthentication = ClientAuthentication.none

    /// How sessions are resumed.
    public var sessions = ServerSessions()

    /// The settings that both roles share.
    public var parameters = TLSParameters()

    /// A server with these identities, the default first.
    public init(identities: [TLSIdentity]) {
        self.identities = identities
    }

    /// A server with these identities, the default first.
    public static func server(_ identities: TLSIdentity...) -> TLSServerConfiguration {
        TLSServerConfiguration(identities: identities)
    }
}

/// Whether a server asks its clients for certificates (mutual TLS).
public enum ClientAuthentication: Hashable, Sendable {
    /// Clients aren't asked.
    case none
    /// Clients are asked; one that presents a certificate must present a good one.
    case optional(PeerVerification)
    /// Without a good certificate, no connection.
    case required(PeerVerification)

    /// The same with its verification changed.
    func mapVerification(_ change: (inout PeerVerification) -> Void) -> ClientAuthentication {
        switch self {
        case .none: return .none
        case .optional(var verification):
            change(&verification)
            return .optional(verification)
        case .required(var verification):
            change(&verification)
            return .required(verification)
        }
    }
}
