internal import SluicePreamble
internal import SluiceProxy

/// A listener's settings and routes in one generation.
final class ProxyEntrance: Sendable {
    let configuration: ProxyConfiguration.Listener

    /// Where its clients go.
    let table: RoutingTable<RouteState>

    init(_ configuration: ProxyConfiguration.Listener, to routes: [RouteState]) {
        self.configuration = configuration
        table = RoutingTable(routes.map { RoutingRule($0.configuration.match.routeMatch, to: $0) })
    }

    var name: String { configuration.name }
}

extension ProxyConfiguration.Listener {
    /// What a session of its clients begins with.
    func entrance(_ limits: ProxyConfiguration.Limits) -> ProxySession.Entrance {
        entrance == .plaintext ? .plaintext : .tls(clientHelloBytesMax: limits.clientHelloBytesMax)
    }

    /// The versions of the PROXY header that a peer has to begin with; nil if it mustn't. A peer without an address is on
    /// the other end of a Unix socket, where only those may connect who may: who has lost his is not let in.
    func proxyVersions(from peer: InternetAddress?) -> Set<ProxyHeader.Version>? {
        guard let proxyProtocol else { return nil }
        guard let peer else { return proxyProtocol.versions }
        return proxyProtocol.trustedSources.contains { $0.contains(peer) } ? proxyProtocol.versions : nil
    }
}
