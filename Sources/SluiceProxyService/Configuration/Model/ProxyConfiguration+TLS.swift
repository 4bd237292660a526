public import Sluice
public import SluiceProxy

extension ProxyConfiguration {
    /// The files of one identity: PEM, DER or PKCS#12.
    public struct IdentityFiles: Hashable, Sendable {
        /// The certificate and its intermediates, leaf first.
        public var certificate: String

        /// The key; nil if it is in the file of the certificate.
        public var key: String?

        /// The file whose first line opens the key.
        public var passphrase: String?

        /// The OCSP response in DER that is stapled to the certificate.
        public var ocspResponse: String?

        /// An identity of these files.
        public init(certificate: String, key: String? = nil) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Whether clients of a route must say who they are (mutual TLS).
    public enum ClientAuthentication: Hashable, Sendable {
        /// They aren't asked.
        case none
        /// They are asked; a certificate that is shown must be good.
        case optional(ClientRequirements)
        /// Without a good certificate, no connection.
        case required(ClientRequirements)

        /// What a certificate must fulfil; nil where none is asked for.
        public var requirements: ClientRequirements? {
            switch self {
            case .none: nil
            case .optional(let requirements), .required(let requirements): requirements
            }
        }
    }

    /// What a client's certificate must fulfil.
    public struct ClientRequirements: Hashable, Sendable {
        /// Files or directories of the roots that it must lead to. Never empty in a configuration that was decoded.
        public var roots: [String]

        /// Files of revocation lists, one at least for each issuer if there are any.
        public var revocationLists: [String] = []

        /// The alternative names of which it must bear one; none for any.
        public var names = RequiredNames()

        /// Any certificate under these roots.
        public init(roots: [String]) {
            self.roots = roots
        }
    }

    /// What is spoken with one side.
    public struct TLSSettings: Hashable, Sendable {
        /// The versions.
        public var versions: ClosedRange<TLSVersion> = .tls12 ... .tls13

        /// Cipher suites for TLS 1.3, best first; empty for OpenSSL's.
        public var cipherSuites: [CipherSuite] = []

        /// Cipher suites for TLS 1.2, best first; empty for those with forward secrecy and AEAD.
        public var tls12CipherSuites: [CipherSuite] = []

        /// Groups for the key exchange, best first; empty for OpenSSL's.
        public var groups: [NamedGroup] = []

        /// Application protocols, best first; empty for no negotiation.
        public var applicationProtocols: [ApplicationProtocol] = []

        /// The defaults.
        public init() {}
    }

    /// How clients resume.
    public struct Tickets: Hashable, Sendable {
        /// Files of ticket keys, 48 or 80 bytes each: the first issues, all accept. Empty for keys in memory.
        public var keys: [String] = []

        /// How long a session may be resumed, up to 7 days.
        public var lifetime = Duration.seconds(7200)

        /// Tickets for each full handshake, `0...16`; 0 for no tickets.
        public var count = 2

        /// How often a key in memory is replaced. Two old ones go on being accepted.
        public var rotation = Duration.seconds(8 * 3600)

        /// The defaults.
        public init() {}
    }
}
