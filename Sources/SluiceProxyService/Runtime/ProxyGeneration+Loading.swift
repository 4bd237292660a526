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
                servers: old?.routes[route.configuration.name]?.servers ?? UpstreamServers(route.configuration.upstream)
            )
        }
        self.init(loaded.configuration, routes: routes)
    }

    /// Has the servers of its routes go by its settings: the moment from which it counts.
    func takeOver() {
        for route in routes.values { route.servers.adopt(route.configuration.upstream) }
    }
}
