public import Sluice
public import SluiceProxy

extension ProxyConfiguration {
    /// What is done with some of the clients.
    public struct Route: Hashable, Sendable {
        /// What listeners, logs and metrics call it.
        public var name: String

        /// Where TLS begins and ends.
        public var mode: Mode

        /// Which clients it is for.
        public var match = Match()

        /// Who the proxy is for its clients, the default first. For modes that end the client's TLS.
        public var certificates: [IdentityFiles] = []

        /// Whether clients must say who they are.
        public var clientAuthentication = ClientAuthentication.none

        /// What is spoken with clients.
        public var tls = TLSSettings()

        /// How clients resume.
        public var tickets = Tickets()

        /// Where the bytes go.
        public var upstream: Upstream

        /// What is spoken with the upstream. For modes that begin TLS there, and for health checks by TLS.
        public var upstreamTLS = UpstreamTLS()

        /// A route to an upstream for every client.
        public init(name: String, mode: Mode, upstream: Upstream) {
            self.name = name
            self.mode = mode
            self.upstream = upstream
        }
    }

    /// Where TLS begins and ends on a route.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// TLS from the client, plaintext to the upstream.
        case terminate
        /// Plaintext from the client, TLS to the upstream.
        case originate
        /// TLS on both sides, each with its own verification.
        case bridge
        /// The client's own TLS, untouched.
        case passThrough = "pass_through"

        /// What clients speak.
        public var entrance: Entrance { self == .originate ? .plaintext : .tls }

        /// Whether the proxy ends the client's TLS, and so needs a certificate.
        public var endsClientTLS: Bool { self == .terminate || self == .bridge }

        /// Whether the proxy begins TLS to the upstream.
        public var beginsUpstreamTLS: Bool { self == .originate || self == .bridge }
    }

    /// Which clients a route is for. What is empty fits all.
    public struct Match: Hashable, Sendable {
        /// The names that clients ask for (SNI).
        public var serverNames: [NamePattern] = []

        /// The application protocols of which clients must offer one (ALPN).
        public var applicationProtocols: [ApplicationProtocol] = []

        /// Where clients come from.
        public var clientRanges: [AddressRange] = []

        /// Every client.
        public init() {}
    }
}
