import SluiceProxyService

/// What a command line says of a proxy.
struct ProxyLine {
    let entrance: ProxyEntranceOptions
    let route: ProxyRouteOptions
    let client: ProxyClientOptions
    let upstream: ProxyUpstreamOptions
    let operations: ProxyOperationsOptions

    /// The same as a configuration, which knows the options that it came from.
    func document() throws -> ConfigurationDocument {
        var route = try route.route()
        try client.apply(to: &route)
        if route.mode.beginsUpstreamTLS || route.upstream.healthCheck?.kind == .tls || !upstream.given.isEmpty {
            try upstream.apply(to: &route)
        }
        var configuration = ProxyConfiguration(listeners: try entrance.listeners(for: route), routes: [route])
        operations.apply(to: &configuration)
        return ConfigurationDocument(configuration, options: options)
    }

    /// Which option has to do with a key.
    private var options: [String: String] {
        var options = Self.options
        for index in entrance.listen.indices {
            options["listeners[\(index)]"] = "--listen"
            options["listeners[\(index)].proxy_protocol"] = "--accept-proxy"
        }
        for index in client.cert.indices {
            let key = "routes[0].certificates[\(index)]"
            options["\(key).certificate"] = "--cert"
            options["\(key).key"] = "--key"
            options["\(key).passphrase_file"] = "--passphrase-file"
            options["\(key).ocsp_staple"] = "--ocsp"
        }
        return options
    }

    private static let options = [
        "routes[0].mode": "--mode",
        "routes[0].match.sni": "--sni",
        "routes[0].certificates": "--cert",
        "routes[0].client_auth": "--client-ca",
        "routes[0].client_auth.crl": "--client-crl",
        "routes[0].client_auth.names": "--client-name",
        "routes[0].tls": "--tls-min",
        "routes[0].tls.alpn": "--alpn",
        "routes[0].tickets": "--ticket-key",
        "routes[0].upstream": "--to",
        "routes[0].upstream.starttls": "--starttls",
        "routes[0].upstream.health_check": "--health-check",
        "routes[0].upstream_tls": "--upstream-name",
        "routes[0].upstream_tls.ca": "--upstream-ca",
        "routes[0].upstream_tls.dangerously_skip_verification": "--dangerously-skip-verification",
        "routes[0].upstream_tls.identity": "--upstream-cert",
        "routes[0].upstream_tls.identity.key": "--upstream-key",
        "routes[0].upstream_tls.alpn": "--upstream-alpn",
        "admin": "--admin",
        "record_failures": "--record-failures",
        "dangerously_log_keys": "--dangerously-log-keys",
    ]
}
