import ArgumentParser
import SluicePreamble
import SluiceProxy
import SluiceProxyService

/// The options that say what a proxy does with its clients, and which server gets them.
struct ProxyRouteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A server; may be repeated, and they get clients in turn.", valueName: "address")
    )
    var to: [UpstreamAddress] = []

    @Option(help: ArgumentHelp("Where TLS begins and ends, see MODES. (default: terminate)", valueName: "mode"))
    var mode: ProxyConfiguration.Mode?

    @Option(
        help: ArgumentHelp(
            "The names that clients may ask for: www.example.com or *.example.com. Others are refused.",
            valueName: "a,b"
        )
    )
    var sni: [String] = []

    @Flag(help: "Choose the server with the fewest connections instead of the next.")
    var leastConnections = false

    @Option(help: ArgumentHelp("Tell the server who the client is, in a PROXY header.", valueName: "version"))
    var sendProxy: ProxyHeader.Version?

    @Option(help: ArgumentHelp("Ask the server for TLS as this protocol does.", valueName: "protocol"))
    var starttls: StartTLS.Application?

    @Option(
        help: ArgumentHelp("Probe the servers every 10 seconds: tcp connects, tls shakes hands.", valueName: "kind")
    )
    var healthCheck: ProxyConfiguration.HealthCheck.Kind?

    func validate() throws {
        _ = try names()
    }

    /// Those that were typed.
    var given: [String] {
        givenOptions([
            ("--to", !to.isEmpty), ("--mode", mode != nil), ("--sni", !sni.isEmpty),
            ("--least-connections", leastConnections), ("--send-proxy", sendProxy != nil),
            ("--starttls", starttls != nil), ("--health-check", healthCheck != nil),
        ])
    }

    /// The route without its TLS.
    func route() throws -> ProxyConfiguration.Route {
        var upstream = ProxyConfiguration.Upstream(servers: to.map { ProxyConfiguration.Server($0) })
        upstream.balance = leastConnections ? .leastConnections : .roundRobin
        upstream.proxyProtocol = sendProxy
        upstream.startTLS = starttls
        upstream.healthCheck = healthCheck.map { ProxyConfiguration.HealthCheck($0) }
        var route = ProxyConfiguration.Route(name: "proxy", mode: mode ?? .terminate, upstream: upstream)
        route.match.serverNames = try names()
        return route
    }

    private func names() throws -> [NamePattern] {
        try parseList("--sni", sni, "a host name, nor one behind *.") { NamePattern($0) }
    }
}
