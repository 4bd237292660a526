public import Sluice

extension ProxyConfiguration {
    /// What is spoken with the servers of an upstream.
    public struct UpstreamTLS: Hashable, Sendable {
        /// Whom the servers are, for SNI and in their certificates.
        public var serverName = PeerName.fromClient

        /// Which roots their certificates must lead to.
        public var verification = Verification.system

        /// Files of revocation lists, one at least for each issuer if there are any.
        public var revocationLists: [String] = []

        /// Who the proxy is for the servers; nil for nobody.
        public var identity: IdentityFiles?

        /// Versions, suites, groups and protocols. The protocols count only with ``ProtocolOffer/fixed``.
        public var tls = TLSSettings()

        /// Which application protocols the servers are offered.
        public var protocolOffer = ProtocolOffer.fixed

        /// The defaults: the name that the client asked for, under the system's roots.
        public init() {}
    }

    /// The name of the servers of an upstream.
    public enum PeerName: Hashable, Sendable {
        /// This one.
        case fixed(ServerName)
        /// The one that the client asked for. A client that asks for none isn't connected.
        case fromClient
    }

    /// How the certificates of servers are checked.
    public enum Verification: Hashable, Sendable {
        /// Under the roots that the system trusts.
        case system
        /// Under the roots in these files or directories.
        case roots([String])
        /// Not at all: anybody can be the server.
        case dangerouslySkipped
    }

    /// Which application protocols (ALPN) the servers are offered.
    public enum ProtocolOffer: Hashable, Sendable {
        /// Those of the settings; none if there are none.
        case fixed
        /// In bridges: the one that was agreed on with the client.
        case fromClient
    }
}
