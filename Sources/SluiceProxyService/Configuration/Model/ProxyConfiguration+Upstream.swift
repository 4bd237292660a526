public import SluicePreamble

extension ProxyConfiguration {
    /// Where the bytes of a route go.
    public struct Upstream: Hashable, Sendable {
        /// The servers. Never empty in a configuration that was decoded.
        public var servers: [Server]

        /// Which of them gets a connection.
        public var balance = Balance.roundRobin

        /// The time to connect to one of them; nil for that of ``ProxyConfiguration/Timeouts``.
        public var connectTimeout: Duration?

        /// How many of them are tried for one client, 1...16.
        public var attempts = 3

        /// The header of the PROXY protocol that tells the server who the client is; nil for none.
        public var proxyProtocol: ProxyHeader.Version?

        /// The protocol that asks the server for TLS; nil for TLS from the first byte.
        public var startTLS: StartTLS.Application?

        /// How servers are probed; nil for not at all.
        public var healthCheck: HealthCheck?

        /// When servers that fail are left out; nil for never.
        public var ejection: Ejection? = Ejection()

        /// These servers in turn.
        public init(servers: [Server]) {
            self.servers = servers
        }
    }

    /// One of the servers of an upstream.
    public struct Server: Hashable, Sendable {
        /// Where it is.
        public var address: UpstreamAddress

        /// Its share of the connections beside the others', 1...1000.
        public var weight: Int

        /// A server with this share.
        public init(_ address: UpstreamAddress, weight: Int = 1) {
            self.address = address
            self.weight = weight
        }
    }

    /// How the server for a connection is chosen.
    public enum Balance: String, Hashable, Sendable, CaseIterable {
        /// In turn, by weight.
        case roundRobin = "round_robin"
        /// The one with the fewest connections for its weight.
        case leastConnections = "least_connections"
    }

    /// Probes that find out which servers can be used.
    public struct HealthCheck: Hashable, Sendable {
        /// What must succeed.
        public var kind: Kind

        /// The time between two probes.
        public var interval = Duration.seconds(10)

        /// The time for a probe.
        public var timeout = Duration.seconds(2)

        /// Successes after which a server that was down is used.
        public var rise = 2

        /// Failures after which a server isn't used.
        public var fall = 3

        /// A probe every ten seconds.
        public init(_ kind: Kind) {
            self.kind = kind
        }

        /// What a probe does.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Connects.
            case tcp
            /// Connects and shakes hands.
            case tls
        }
    }

    /// When a server that fails clients is left out for a while.
    public struct Ejection: Hashable, Sendable {
        /// Failures in a row.
        public var failures = 5

        /// The first time that it is left out; each time in a row is twice as long.
        public var time = Duration.seconds(10)

        /// Ten seconds after five failures.
        public init() {}
    }
}
