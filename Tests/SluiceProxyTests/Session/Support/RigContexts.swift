import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// Whom the peers and the session under test trust and are. All made with a seed, so that a test is the same each time.
struct RigContexts: Hashable {
    /// The version of each side; nil: both.
    var versions = PerSide<TLSVersion?>(client: nil, upstream: nil)

    /// Who serves on each side: the session to its client, and the upstream.
    var identities = PerSide(client: SimulatedIdentity.p256, upstream: SimulatedIdentity.p256)

    /// Who asks its peer for a certificate: the session, and the upstream.
    var asksForIdentity = PerSide(client: false, upstream: false)

    /// Whether the session is asked about the certificates of a side's peer.
    var judges = PerSide(client: false, upstream: false)

    /// Who shows a certificate where it is asked: the client, and the session.
    var hasIdentity = PerSide(client: false, upstream: false)

    /// Whether the one who dials on a side trusts the one who serves there.
    var isTrusting = PerSide(client: true, upstream: true)

    /// Bytes in each ring of the session's engines.
    var ringCapacity = TLSLimits.ringCapacityDefault

    /// What those who dial offer.
    var protocols = PerSide<[ApplicationProtocol]>(client: [], upstream: [])

    /// What those who serve speak.
    var servedProtocols = PerSide<[ApplicationProtocol]>(client: [], upstream: [])

    /// Whether tickets wait for the first write.
    var holdsTickets = false

    /// The context of the one who serves on a side.
    func server(_ side: ProxySide) throws -> TLSContext {
        try contextCache.context(Key(self, side, .server)) {
            var configuration = TLSServerConfiguration.server(try identities[side].identity())
            set(&configuration.parameters, side, isOwn: side == .client)
            configuration.parameters.applicationProtocols = servedProtocols[side]
            configuration.sessions.holdsTicketsUntilFirstWrite = holdsTickets
            if asksForIdentity[side] {
                configuration.clientAuthentication = .required(.roots(try SimulatedIdentity.client.roots()))
            }
            return .server(configuration)
        }
    }

    /// The context of the one who dials on a side.
    func client(_ side: ProxySide) throws -> TLSContext {
        try contextCache.context(Key(self, side, .client)) {
            var configuration = TLSClientConfiguration.client(to: "simulation.test")
            let trusted = isTrusting[side] ? identities[side] : .client
            configuration.verification = .roots(try trusted.roots())
            if hasIdentity[side] { configuration.identity = try SimulatedIdentity.client.identity() }
            set(&configuration.parameters, side, isOwn: side == .upstream)
            configuration.parameters.applicationProtocols = protocols[side]
            return .client(configuration)
        }
    }

    private func set(_ parameters: inout TLSParameters, _ side: ProxySide, isOwn: Bool) {
        if let version = versions[side] { parameters.versions = version...version }
        guard isOwn else { return }
        parameters.ringCapacity = ringCapacity
        if judges[side] { parameters.decisions = .peerCertificate }
    }

    struct Key: Hashable {
        let contexts: RigContexts
        let side: ProxySide
        let role: TLSContext.Role

        init(_ contexts: RigContexts, _ side: ProxySide, _ role: TLSContext.Role) {
            (self.contexts, self.side, self.role) = (contexts, side, role)
        }
    }
}

/// Contexts are dear, and tests share them.
private let contextCache = ContextCache()
