internal import Sluice
internal import SluiceProxy

extension ConfigurationChecks {
    /// Routes, each by itself.
    mutating func checkRoutes() {
        let routes = configuration.routes
        if routes.isEmpty { refuse(.missingKey, "routes", "there must be one at least") }
        refuseRepetitions(of: routes.map(\.name)) { "routes[\($0)].name" }
        let used = Set(configuration.listeners.flatMap(\.routes))
        for (index, route) in routes.enumerated() {
            let key = "routes[\(index)]"
            if !used.contains(route.name) { warn(.unused, key, "no listener has the route \(route.name)") }
            checkMatch(of: route, key)
            if route.mode.endsClientTLS {
                checkClientTLS(of: route, key)
            } else {
                refuseClientTLS(of: route, key)
            }
            checkUpstream(of: route, key)
        }
    }

    private mutating func checkMatch(of route: ProxyConfiguration.Route, _ key: String) {
        if route.mode.entrance == .plaintext, route.match.routeMatch.needsClientHello {
            let name = route.match.serverNames.isEmpty ? "alpn" : "sni"
            refuse(.conflict, "\(key).match.\(name)", "clients that speak plaintext say nothing of that; match clients")
        }
        let offered = route.match.applicationProtocols
        let spoken = route.tls.applicationProtocols
        if route.mode.endsClientTLS, !offered.isEmpty, !spoken.isEmpty, Set(offered).isDisjoint(with: spoken) {
            refuse(.conflict, "\(key).match.alpn", "none of these is in tls.alpn, so no handshake could succeed")
        }
    }

    private mutating func checkClientTLS(of route: ProxyConfiguration.Route, _ key: String) {
        if route.certificates.isEmpty {
            refuse(.missingKey, "\(key).certificates", "mode \(route.mode.rawValue) needs a certificate and its key")
        }
        if let requirements = route.clientAuthentication.requirements, requirements.roots.isEmpty {
            refuse(.missingKey, "\(key).client_auth.ca", "name the roots of good client certificates")
        }
        checkVersions(of: route.tls, "\(key).tls")
        let tickets = route.tickets
        if tickets.keys.isEmpty, tickets.count > 0, tickets.lifetime > tickets.rotation * 2 {
            let words = "keys in memory are accepted for two rotations at least; sessions older than that won't resume"
            warn(.conflict, "\(key).tickets.lifetime", words)
        }
        if !tickets.keys.isEmpty, tickets.count == 0 {
            warn(.unused, "\(key).tickets.keys", "with a count of 0 there are no tickets")
        }
    }

    private mutating func refuseClientTLS(of route: ProxyConfiguration.Route, _ key: String) {
        let why = "has no use: mode \(route.mode.rawValue) doesn't end the client's TLS; modes terminate and bridge do"
        if !route.certificates.isEmpty { refuse(.conflict, "\(key).certificates", why) }
        if route.clientAuthentication != .none { refuse(.conflict, "\(key).client_auth", why) }
        if route.tls != ProxyConfiguration.TLSSettings() { refuse(.conflict, "\(key).tls", why) }
        if route.tickets != ProxyConfiguration.Tickets() { refuse(.conflict, "\(key).tickets", why) }
    }

    /// Looks for suites of versions that aren't spoken.
    mutating func checkVersions(of tls: ProxyConfiguration.TLSSettings, _ key: String) {
        if !tls.versions.contains(.tls13), !tls.cipherSuites.isEmpty {
            warn(.unused, "\(key).cipher_suites", "these are for TLS 1.3, which isn't among the versions")
        }
        if !tls.versions.contains(.tls12), !tls.tls12CipherSuites.isEmpty {
            warn(.unused, "\(key).tls12_cipher_suites", "these are for TLS 1.2, which isn't among the versions")
        }
    }
}
