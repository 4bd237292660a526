internal import Sluice
internal import SluiceProxy

/// Makes the contexts of a route from its files; what is wrong is noted with the key that is to blame.
struct RouteContexts {
    let files: ConfiguredFiles
    let route: ProxyConfiguration.Route
    /// The route's: `routes[0]`.
    let key: String

    /// The context for TLS with clients; nil if something was noted as a problem.
    func client(ticketKeys: [SessionTicketKey]) -> TLSContext? {
        let identities = route.certificates.enumerated().map { index, identity in
            files.identity(identity, "\(key).certificates[\(index)]")
        }
        let keys = route.tickets.keys.isEmpty ? ticketKeys : files.ticketKeys(route.tickets.keys, "\(key).tickets.keys")
        let parameters = parameters(route.tls, "\(key).tls")
        var configuration = TLSServerConfiguration(identities: identities.compactMap { $0 })
        guard let authentication = authentication(), let keys, var parameters, !identities.contains(nil),
            !identities.isEmpty
        else { return nil }
        if route.hasRequiredNames { parameters.decisions = .peerCertificate }
        configuration.parameters = parameters
        configuration.clientAuthentication = authentication
        configuration.sessions.ticketKeys = keys
        configuration.sessions.ticketCount = route.tickets.count
        configuration.sessions.lifetime = route.tickets.lifetime
        configuration.sessions.context = route.sessionContext
        files.warnOfUncoveredNames(of: route, configuration.identities, key)
        return make("\(key).tls") { seed throws(TLSError) in try TLSContext(configuration, seed: seed) }
    }

    /// The context for TLS with servers; nil if something was noted as a problem.
    func upstream() -> TLSContext? {
        let settings = route.upstreamTLS
        let key = "\(key).upstream_tls"
        let verification = verification(settings, key)
        let identity = settings.identity.map { files.identity($0, "\(key).identity") }
        let parameters = parameters(settings.tls, key)
        guard let verification, let parameters, identity.map({ $0 != nil }) ?? true else { return nil }
        var configuration = TLSClientConfiguration(serverName: settings.fixedName ?? "upstream.invalid")
        configuration.verification = verification
        configuration.identity = identity ?? nil
        configuration.parameters = parameters
        return make(key) { seed throws(TLSError) in try TLSContext(configuration, seed: seed) }
    }

    private func authentication() -> ClientAuthentication? {
        guard let requirements = route.clientAuthentication.requirements else { return ClientAuthentication.none }
        let roots = files.roots(requirements.roots, "\(key).client_auth.ca")
        let lists = files.revocationLists(requirements.revocationLists, "\(key).client_auth.crl")
        guard let roots, let lists else { return nil }
        var verification = PeerVerification.roots(roots)
        verification.revocationLists = lists
        if case .optional = route.clientAuthentication { return .optional(verification) }
        return .required(verification)
    }

    private func verification(_ settings: ProxyConfiguration.UpstreamTLS, _ key: String) -> PeerVerification? {
        let lists = files.revocationLists(settings.revocationLists, "\(key).crl")
        var verification: PeerVerification? =
            switch settings.verification {
            case .system: .default
            case .roots(let paths): files.roots(paths, "\(key).ca").map { .roots($0) }
            case .dangerouslySkipped: .dangerouslyNone
            }
        guard let lists else { return nil }
        verification?.revocationLists = lists
        return verification
    }

    /// Settings whose every algorithm is known; nil if one isn't.
    private func parameters(_ settings: ProxyConfiguration.TLSSettings, _ key: String) -> TLSParameters? {
        let configuration = files.document.configuration
        var parameters = TLSParameters()
        parameters.versions = settings.versions
        parameters.cipherSuites = settings.cipherSuites
        parameters.tls12CipherSuites = settings.tls12CipherSuites
        parameters.groups = settings.groups
        parameters.applicationProtocols = settings.applicationProtocols
        parameters.ringCapacity = configuration.limits.ringBytes
        if configuration.dangerouslyLoggedKeysPath != nil { parameters.observations.insert(.keyLog) }
        return files.checkAlgorithms(of: settings, key) ? parameters : nil
    }

    private func make(_ key: String, _ body: (RandomSeed?) throws(TLSError) -> TLSContext) -> TLSContext? {
        do throws(TLSError) {
            // What is to be replayed must be repeatable.
            let isRecorded = files.document.configuration.failureRecording != nil
            return try body(isRecorded ? try RandomSeed.random() : nil)
        } catch {
            files.refuse(.invalidValue, key, error.briefly)
            return nil
        }
    }
}

extension ProxyConfiguration.Route {
    /// Whether clients' certificates are looked at beyond their chains.
    var hasRequiredNames: Bool {
        clientAuthentication.requirements.map { !$0.names.patterns.isEmpty } ?? false
    }

    /// What tells sessions of this route from those of others that share ticket keys: its name, and whom it lets in.
    var sessionContext: [UInt8] {
        let names = clientAuthentication.requirements?.names.patterns.map(\.description).sorted() ?? []
        return Array(([name] + names).joined(separator: "\n").utf8)
    }
}

extension ProxyConfiguration.UpstreamTLS {
    fileprivate var fixedName: ServerName? {
        if case .fixed(let name) = serverName { return name }
        return nil
    }
}
