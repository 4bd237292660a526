internal import SluiceProxy

extension ConfigurationChecks {
    /// Listeners, and whether their routes are for them.
    mutating func checkListeners() {
        if configuration.listeners.isEmpty {
            refuse(.missingKey, "listeners", "there must be one at least, or no client can come")
        }
        let listeners = configuration.listeners
        refuseRepetitions(of: listeners.map(\.name)) { "listeners[\($0)].name" }
        refuseRepetitions(of: listeners.map(\.address.description)) { "listeners[\($0)].address" }
        for index in listeners.indices {
            checkRoutes(ofListener: index)
            checkProxyProtocol(ofListener: index)
            warnOfUnreachableRoutes(ofListener: index)
        }
    }

    private mutating func checkRoutes(ofListener index: Int) {
        let listener = configuration.listeners[index]
        let key = "listeners[\(index)].routes"
        if listener.routes.isEmpty {
            refuse(.missingKey, key, "no route is for clients that speak \(listener.entrance.words)")
        }
        refuseRepetitions(of: listener.routes) { "\(key)[\($0)]" }
        for (position, name) in listener.routes.enumerated() {
            let key = "\(key)[\(position)]"
            if let route = configuration.routes.first(where: { $0.name == name }) {
                guard route.mode.entrance != listener.entrance else { continue }
                let words =
                    "\(name) is for clients that speak \(route.mode.entrance.words): mode \(route.mode.rawValue)"
                refuse(.conflict, key, "\(words); this listener's speak \(listener.entrance.words)")
            } else {
                let near = NearestWord.of(name, among: configuration.routes.map(\.name))
                refuse(.invalidValue, key, "there is no route \(name)" + (near.map { "; did you mean \($0)?" } ?? ""))
            }
        }
    }

    private mutating func checkProxyProtocol(ofListener index: Int) {
        let listener = configuration.listeners[index]
        guard let header = listener.proxyProtocol, header.trustedSources.isEmpty else { return }
        if case .unix = listener.address { return }
        let words =
            "anybody can write a PROXY header: name those who may in trusted_sources, "
            + "or all with 0.0.0.0/0 and ::/0 where nobody else can connect"
        refuse(.missingKey, "listeners[\(index)].proxy_protocol", words)
    }

    private mutating func warnOfUnreachableRoutes(ofListener index: Int) {
        let listener = configuration.listeners[index]
        let routes = listener.routes.compactMap { name in
            configuration.routes.firstIndex { $0.name == name }
        }
        let table = RoutingTable(routes.map { RoutingRule(configuration.routes[$0].match.routeMatch, to: $0) })
        for rule in listener.entrance == .tls ? table.unreachable : table.unreachableInPlaintext {
            // What needs a ClientHello is refused where the route is checked.
            guard case .shadowed(let other) = rule.reason else { continue }
            let name = configuration.routes[routes[other]].name
            let what = rule.serverName.map { "\($0)" } ?? "this route"
            let words = "no client of \(listener.name) comes to \(what): \(name) is earlier and takes them all"
            warn(.unused, "routes[\(routes[rule.rule])].match.sni", words)
        }
    }
}

extension ProxyConfiguration.Match {
    /// As the routing table takes it.
    var routeMatch: RouteMatch {
        RouteMatch(serverNames: serverNames, applicationProtocols: applicationProtocols, clients: clientRanges)
    }
}

extension ProxyConfiguration.Entrance {
    /// For messages.
    var words: String { self == .tls ? "TLS" : "plaintext" }
}
