internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

extension ReportRows {
    /// A route.
    mutating func add(_ loaded: LoadedRoute, at now: UnixTime) {
        let route = loaded.configuration
        title("route \(route.name): \(route.mode.words)")
        row("clients", route.match.words)
        for identity in loaded.clientContext?.identities ?? [] { row("certificate", identity.words(at: now)) }
        if route.mode.endsClientTLS {
            row("client auth", route.clientAuthentication.words)
            row("TLS", route.tls.words, protocols(route.tls))
            row("tickets", route.tickets.words)
        }
        row("servers", route.upstream.serverWords)
        row("connecting", route.upstream.connectWords)
        row("health", route.upstream.healthCheck?.words, route.upstream.ejection?.words)
        if loaded.upstreamContext != nil { add(route.upstreamTLS, loaded, at: now) }
    }

    private mutating func add(_ tls: ProxyConfiguration.UpstreamTLS, _ loaded: LoadedRoute, at now: UnixTime) {
        let alpn = tls.protocolOffer == .fromClient ? "ALPN as agreed on with the client" : protocols(tls.tls)
        row("upstream TLS", tls.words, tls.tls.words, alpn)
        for identity in loaded.upstreamContext?.identities ?? [] { row("identity", identity.words(at: now)) }
    }

    private func protocols(_ tls: ProxyConfiguration.TLSSettings) -> String? {
        let names = tls.applicationProtocols.map(\.description).joined(separator: ", ")
        return names.isEmpty ? nil : "ALPN \(names)"
    }
}

extension TLSContext {
    fileprivate var identities: [TLSIdentity] {
        switch configuration {
        case .server(let server): server.identities
        case .client(let client): client.identity.map { [$0] } ?? []
        }
    }
}

extension TLSIdentity {
    /// Whom it is for, its key, and for how long it is valid.
    fileprivate func words(at now: UnixTime) -> String {
        let names = leaf.dnsNames + leaf.ipAddresses + leaf.uris + leaf.emailAddresses
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
        let soonest = certificateChain.compactMap { $0.daysLeft(at: now) }.min()
        let life = soonest.map { $0 < 0 ? "EXPIRED" : "\($0) days left" }
        let staple = ocspAnswer.map { "OCSP \($0.status)" }
        return [description, shown.isEmpty ? nil : "for \(shown)", life, staple].compactMap { $0 }.joined(
            separator: "; "
        )
    }
}

extension ProxyConfiguration.Mode {
    fileprivate var words: String {
        switch self {
        case .terminate: "terminate, TLS in and plaintext out"
        case .originate: "originate, plaintext in and TLS out"
        case .bridge: "bridge, TLS in and TLS out"
        case .passThrough: "pass through, the client's TLS untouched"
        }
    }
}

extension ProxyConfiguration.Match {
    fileprivate var words: String {
        var parts: [String] = []
        if !serverNames.isEmpty { parts.append("ask for " + serverNames.map(\.description).joined(separator: ", ")) }
        let protocols = applicationProtocols.map(\.description).joined(separator: ", ")
        if !protocols.isEmpty { parts.append("offer " + protocols) }
        if !clientRanges.isEmpty {
            parts.append("come from " + clientRanges.map(\.description).joined(separator: ", "))
        }
        return parts.isEmpty ? "all" : parts.joined(separator: "; ")
    }
}

extension ProxyConfiguration.ClientAuthentication {
    fileprivate var words: String {
        guard let requirements else { return "none" }
        let roots = "under " + requirements.roots.joined(separator: ", ")
        let patterns = requirements.names.patterns.map(\.description).joined(separator: " or ")
        let lists = requirements.revocationLists.isEmpty ? nil : "revocation checked"
        var mode = "required"
        if case .optional = self { mode = "optional" }
        return [mode, roots, patterns.isEmpty ? nil : "for " + patterns, lists].compactMap { $0 }.joined(
            separator: "; "
        )
    }
}

extension ProxyConfiguration.TLSSettings {
    fileprivate var words: String {
        let least = versions.lowerBound
        return least == versions.upperBound ? "\(least)" : "\(least) and \(versions.upperBound)"
    }
}

extension ProxyConfiguration.Tickets {
    fileprivate var words: String {
        if count == 0 { return "none" }
        let source =
            keys.isEmpty
            ? "a key in memory, new every \(QuantityText.duration(rotation))" : "\(keys.count) keys from files"
        return "\(count) for each session; resumed for \(QuantityText.duration(lifetime)); \(source)"
    }
}

extension ProxyConfiguration.Upstream {
    fileprivate var serverWords: String {
        let names = servers.map { $0.weight == 1 ? "\($0.address)" : "\($0.address) (weight \($0.weight))" }
        let order = balance == .roundRobin ? "in turn" : "the one with the fewest connections"
        return names.joined(separator: ", ") + (names.count > 1 ? "; \(order)" : "")
    }

    fileprivate var connectWords: String {
        let tries = attempts == 1 || servers.count == 1 ? "one try" : "\(min(attempts, servers.count)) tries"
        let time = connectTimeout.map { "\(tries) of \(QuantityText.duration($0))" } ?? tries
        let header = proxyProtocol.map { "PROXY header version \($0.rawValue)" }
        return [time, header, startTLS.map { "STARTTLS of \($0.rawValue)" }].compactMap { $0 }.joined(separator: "; ")
    }
}

extension ProxyConfiguration.HealthCheck {
    fileprivate var words: String {
        "\(kind == .tcp ? "TCP" : "TLS") probe every \(QuantityText.duration(interval)), \(rise) up and \(fall) down"
    }
}

extension ProxyConfiguration.Ejection {
    fileprivate var words: String {
        "left out for \(QuantityText.duration(time)) and more after \(failures) failures in a row"
    }
}

extension ProxyConfiguration.UpstreamTLS {
    fileprivate var words: String {
        let name =
            switch serverName {
            case .fixed(let name): "as \(name)"
            case .fromClient: "as the client asks"
            }
        return switch verification {
        case .system: "\(name), under the system's roots"
        case .roots(let paths): "\(name), under \(paths.joined(separator: ", "))"
        case .dangerouslySkipped: "\(name), NOT VERIFIED"
        }
    }
}
