extension ConfigurationChecks {
    /// The servers of a route, and TLS with them.
    mutating func checkUpstream(of route: ProxyConfiguration.Route, _ key: String) {
        let upstream = route.upstream
        if upstream.servers.isEmpty { refuse(.missingKey, "\(key).upstream.servers", "there must be one at least") }
        refuseRepetitions(of: upstream.servers.map(\.address.description)) { "\(key).upstream.servers[\($0)]" }
        if upstream.startTLS != nil, !route.mode.beginsUpstreamTLS {
            let words = "mode \(route.mode.rawValue) doesn't begin TLS with the upstream; modes originate and bridge do"
            refuse(.conflict, "\(key).upstream.starttls", words)
        }
        if let check = upstream.healthCheck, check.timeout > check.interval {
            refuse(
                .conflict,
                "\(key).upstream.health_check.timeout",
                "a probe must end before the next begins: interval"
            )
        }
        if route.mode.beginsUpstreamTLS || upstream.healthCheck?.kind == .tls {
            checkUpstreamTLS(of: route, "\(key).upstream_tls")
        } else if route.upstreamTLS != ProxyConfiguration.UpstreamTLS() {
            let words = "has no use: mode \(route.mode.rawValue) doesn't begin TLS with the upstream, nor does a probe"
            refuse(.conflict, "\(key).upstream_tls", words)
        }
    }

    private mutating func checkUpstreamTLS(of route: ProxyConfiguration.Route, _ key: String) {
        let tls = route.upstreamTLS
        checkVersions(of: tls.tls, key)
        if tls.serverName == .fromClient { checkNameFromClient(of: route, "\(key).server_name") }
        if tls.protocolOffer == .fromClient {
            if route.mode != .bridge {
                refuse(.conflict, "\(key).alpn", "only clients of mode bridge have agreed on a protocol; name it")
            } else if route.tls.applicationProtocols.isEmpty {
                warn(
                    .unused,
                    "\(key).alpn",
                    "without tls.alpn nothing is agreed on with clients, so nothing is offered"
                )
            }
        }
        if tls.identity?.ocspResponse != nil {
            refuse(.conflict, "\(key).identity.ocsp_staple", "clients staple nothing, and the proxy is one here")
        }
        if tls.verification == .dangerouslySkipped {
            warn(.conflict, "\(key).dangerously_skip_verification", "anybody on the way can be the server")
        }
    }

    private mutating func checkNameFromClient(of route: ProxyConfiguration.Route, _ key: String) {
        if route.mode == .originate {
            refuse(.missingKey, key, "name the server that its certificate must be for; clients don't name any")
        } else if route.upstream.healthCheck?.kind == .tls {
            refuse(.missingKey, key, "a TLS probe has no client whose name it could ask for; name the server")
        }
    }
}
