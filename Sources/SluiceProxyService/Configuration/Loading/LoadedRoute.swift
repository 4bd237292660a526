public import Sluice

/// A route with what its TLS is made from.
public struct LoadedRoute: Sendable {
    /// What the configuration says of it.
    public let configuration: ProxyConfiguration.Route

    /// For TLS with clients; nil where the proxy doesn't end it.
    public let clientContext: TLSContext?

    /// For TLS with servers; nil where the proxy begins none, not even to probe them. Whom an engine talks to may have to
    /// be given for each, see ``ProxyConfiguration/PeerName``.
    public let upstreamContext: TLSContext?

    /// Reads what a route needs.
    ///
    /// - Returns: nil if something was noted as a problem.
    init?(
        _ route: ProxyConfiguration.Route,
        _ key: String,
        _ files: ConfiguredFiles,
        ticketKeys: [SessionTicketKey]
    ) {
        configuration = route
        let contexts = RouteContexts(files: files, route: route, key: key)
        let needsUpstream = route.mode.beginsUpstreamTLS || route.upstream.healthCheck?.kind == .tls
        let upstream = needsUpstream ? contexts.upstream() : nil
        let client = route.mode.endsClientTLS ? contexts.client(ticketKeys: ticketKeys) : nil
        if route.mode.endsClientTLS, client == nil { return nil }
        if needsUpstream, upstream == nil { return nil }
        clientContext = client
        upstreamContext = upstream
    }

    private init(_ configuration: ProxyConfiguration.Route, client: TLSContext?, upstream: TLSContext?) {
        self.configuration = configuration
        clientContext = client
        upstreamContext = upstream
    }

    /// The same route with other ticket keys for its clients: what to make when a ``TicketKeyring`` has rotated.
    ///
    /// A route that has keys from files, or no TLS with clients, stays as it is.
    ///
    /// - Throws: Where libssl can't make another context.
    public func replacingTicketKeys(_ keys: [SessionTicketKey]) throws(TLSError) -> LoadedRoute {
        guard configuration.tickets.keys.isEmpty, let clientContext,
            case .server(var server) = clientContext.configuration
        else { return self }
        server.sessions.ticketKeys = keys
        let client = try TLSContext(server, seed: clientContext.seed)
        return LoadedRoute(configuration, client: client, upstream: upstreamContext)
    }
}
