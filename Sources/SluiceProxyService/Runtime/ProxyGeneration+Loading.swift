internal import Sluice

extension ProxyGeneration {
    /// What was loaded, at work.
    ///
    /// - Parameters:
    ///   - loaded: The configuration with its files.
    ///   - old: The generation before, whose routes' servers go on under the same names.
    convenience init(_ loaded: LoadedConfiguration, after old: ProxyGeneration? = nil) {
        let routes = loaded.routes.map { route in
            RouteState(
                route.configuration,
                clientContext: route.clientContext,
                upstreamTLS: route.upstreamContext.map {
                    UpstreamContexts(route.configuration.upstreamTLS, base: $0)
                },
                servers: old?.routes[route.configuration.name].flatMap { $0.servers(for: route.configuration) }
                    ?? UpstreamServers(route.configuration.upstream)
            )
        }
        self.init(loaded.configuration, routes: routes)
    }

    /// Has the servers of its routes go by its settings: the moment from which it counts.
    func takeOver() {
        for route in routes.values { route.servers.adopt(route.configuration.upstream) }
    }
}

extension RouteState {
    /// How its servers are doing, for a route of the same name that says the same things to its servers. Where it doesn't,
    /// clients of this one must not come to servers of that one: plaintext would go where TLS is wanted.
    fileprivate func servers(for other: ProxyConfiguration.Route) -> UpstreamServers? {
        let isAlike =
            configuration.mode == other.mode && configuration.upstreamTLS == other.upstreamTLS
            && configuration.upstream.proxyProtocol == other.upstream.proxyProtocol
            && configuration.upstream.startTLS == other.upstream.startTLS
        return isAlike ? servers : nil
    }
}
