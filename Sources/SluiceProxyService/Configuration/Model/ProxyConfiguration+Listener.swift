public import SluicePreamble
public import SluiceProxy

extension ProxyConfiguration {
    /// A place where clients come from, and what they speak.
    public struct Listener: Hashable, Sendable {
        /// What logs and metrics call it.
        public var name: String

        /// Where it is.
        public var address: ListenAddress

        /// What its clients speak.
        public var entrance = Entrance.tls

        /// The header that other proxies put before the first byte; nil where there is none.
        public var proxyProtocol: IncomingProxyProtocol?

        /// The names of its routes. Among routes that fit a client equally well the first is taken.
        public var routes: [String]

        /// How many clients wait in the kernel to be accepted (`listen`).
        public var backlog = 1024

        /// A listener for clients that speak TLS.
        public init(name: String, address: ListenAddress, routes: [String]) {
            self.name = name
            self.address = address
            self.routes = routes
        }
    }

    /// What clients of a listener speak.
    public enum Entrance: String, Hashable, Sendable, CaseIterable {
        /// TLS from the first byte: routes terminate, bridge or pass through.
        case tls
        /// Anything: routes originate.
        case plaintext
    }

    /// Which clients begin with a header of the PROXY protocol.
    public struct IncomingProxyProtocol: Hashable, Sendable {
        /// The versions that are taken.
        public var versions: Set<ProxyHeader.Version>

        /// The peers that are proxies: they must send a header, and all others are taken for clients themselves. For
        /// Unix sockets, where peers have no address, all are.
        public var trustedSources: [AddressRange]

        /// Headers of these versions from these peers.
        public init(versions: Set<ProxyHeader.Version>, trustedSources: [AddressRange]) {
            self.versions = versions
            self.trustedSources = trustedSources
        }
    }
}
