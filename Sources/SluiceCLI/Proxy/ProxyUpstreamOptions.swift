import ArgumentParser
import Sluice
import SluiceProxyService

/// The options of a proxy's TLS with servers.
struct ProxyUpstreamOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Whom a server's certificate must be for, or from-client: whom the client asks for.",
            discussion: "With --mode bridge from-client is the default; else it is the host of the first --to.",
            valueName: "name"
        )
    )
    var upstreamName: PeerNameArgument?

    @Option(
        help: ArgumentHelp(
            "Roots to trust for servers instead of the system's; may be repeated.",
            valueName: "file|dir"
        )
    )
    var upstreamCa: [String] = []

    @Flag(help: "Take any server's certificate. Anybody can then be the server.")
    var dangerouslySkipVerification = false

    @Option(help: ArgumentHelp("What to show a server that asks who the proxy is.", valueName: "file"))
    var upstreamCert: String?

    @Option(help: ArgumentHelp("The key of --upstream-cert, if not in its file.", valueName: "file"))
    var upstreamKey: String?

    @Option(
        help: ArgumentHelp("Application protocols to offer, or from-client: what was agreed on.", valueName: "a,b")
    )
    var upstreamAlpn: [String] = []

    /// A host name, an address, or the client's wish.
    struct PeerNameArgument: ExpressibleByArgument {
        /// The name.
        let name: ProxyConfiguration.PeerName

        init?(argument: String) {
            if argument == "from-client" {
                name = .fromClient
            } else {
                guard let parsed = ServerName(argument) else { return nil }
                name = .fixed(parsed)
            }
        }
    }

    func validate() throws {
        if upstreamKey != nil, upstreamCert == nil { throw ValidationError("--upstream-key needs --upstream-cert.") }
        if dangerouslySkipVerification, !upstreamCa.isEmpty {
            throw ValidationError("--upstream-ca and --dangerously-skip-verification exclude each other.")
        }
        _ = try protocols()
    }

    /// Those that were typed.
    var given: [String] {
        givenOptions([
            ("--upstream-name", upstreamName != nil), ("--upstream-ca", !upstreamCa.isEmpty),
            ("--dangerously-skip-verification", dangerouslySkipVerification),
            ("--upstream-cert", upstreamCert != nil), ("--upstream-key", upstreamKey != nil),
            ("--upstream-alpn", !upstreamAlpn.isEmpty),
        ])
    }

    /// Puts them into a route whose servers and mode are known.
    func apply(to route: inout ProxyConfiguration.Route) throws {
        var tls = ProxyConfiguration.UpstreamTLS()
        if let upstreamName {
            tls.serverName = upstreamName.name
        } else if let host = route.namedHost {
            tls.serverName = .fixed(host)
        }
        if !upstreamCa.isEmpty { tls.verification = .roots(upstreamCa) }
        if dangerouslySkipVerification { tls.verification = .dangerouslySkipped }
        tls.identity = upstreamCert.map { ProxyConfiguration.IdentityFiles(certificate: $0, key: upstreamKey) }
        tls.protocolOffer = isOfferFromClient ? .fromClient : .fixed
        tls.tls.applicationProtocols = try protocols()
        route.upstreamTLS = tls
    }

    private var isOfferFromClient: Bool { upstreamAlpn == ["from-client"] }

    private func protocols() throws -> [ApplicationProtocol] {
        if isOfferFromClient { return [] }
        return try parseList("--upstream-alpn", upstreamAlpn, "a protocol") { ApplicationProtocol($0) }
    }
}

extension ProxyConfiguration.Route {
    /// The host of the first server, where it says whom to expect there.
    fileprivate var namedHost: ServerName? {
        let isProbed = upstream.healthCheck?.kind == .tls && mode != .bridge
        guard mode == .originate || isProbed, case .tcp(let host, _)? = upstream.servers.first?.address else {
            return nil
        }
        return ServerName(host)
    }
}
