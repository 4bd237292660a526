internal import Sluice

/// The keys of session tickets of the routes that have none in files, by the routes' names.
struct TicketKeyrings: Sendable {
    private var rings: [String: TicketKeyring] = [:]

    /// The keys at hand.
    var keys: [String: [SessionTicketKey]] { rings.mapValues(\.keys) }

    /// When the next of them is due; nil if there are none.
    var nextRotation: Duration? { rings.values.map(\.nextRotation).min() }

    /// Has a ring for each route of a configuration that needs one. A route keeps its ring as long as it keeps its name.
    mutating func follow(_ configuration: ProxyConfiguration, at now: Duration) {
        var generator = SystemRandomNumberGenerator()
        let routes = configuration.routes.filter { $0.mode.endsClientTLS && $0.tickets.keys.isEmpty }
        rings = routes.reduce(into: [:]) { rings, route in
            let old = self.rings[route.name].flatMap { $0.rotation == route.tickets.rotation ? $0 : nil }
            rings[route.name] =
                old ?? TicketKeyring(rotation: route.tickets.rotation, at: now, using: &generator)
        }
    }

    /// Makes new keys where they are due. Returns whether there were any.
    mutating func rotate(at now: Duration) -> Bool {
        var generator = SystemRandomNumberGenerator()
        var isChanged = false
        for name in rings.keys where rings[name]?.rotate(at: now, using: &generator) == true { isChanged = true }
        return isChanged
    }
}

extension LoadedConfiguration {
    /// The same with other ticket keys, by the names of routes.
    ///
    /// - Throws: Where libssl can't make a context.
    func replacingTicketKeys(_ keys: [String: [SessionTicketKey]]) throws(TLSError) -> LoadedConfiguration {
        var routes: [LoadedRoute] = []
        for route in self.routes {
            routes.append(try route.replacingTicketKeys(keys[route.configuration.name] ?? []))
        }
        return LoadedConfiguration(self, routes: routes)
    }

    private init(_ other: LoadedConfiguration, routes: [LoadedRoute]) {
        document = other.document
        self.routes = routes
        warnings = other.warnings
        paths = other.paths
    }
}
