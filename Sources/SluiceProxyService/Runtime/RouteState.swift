internal import Logging
internal import NIOCore
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy
internal import Synchronization

/// One route at work: its contexts, and how its servers are doing.
final class RouteState: Sendable {
    let configuration: ProxyConfiguration.Route

    /// What TLS of clients is made from, where it ends here.
    let clientContext: TLSContext?

    /// What TLS with the servers is made from, where it begins here.
    let upstreamTLS: UpstreamContexts?

    /// How its servers are doing, which outlives a reload.
    let servers: UpstreamServers

    private let sessions = Mutex(UpstreamSessions())

    init(
        _ configuration: ProxyConfiguration.Route,
        clientContext: TLSContext?,
        upstreamTLS: UpstreamContexts?,
        servers: UpstreamServers
    ) {
        self.configuration = configuration
        self.clientContext = clientContext
        self.upstreamTLS = upstreamTLS
        self.servers = servers
    }

    var name: String { configuration.name }

    /// Whether clients' bytes go to the servers in TLS that begins here. Probes may where these don't.
    var beginsUpstreamTLS: Bool { configuration.mode.beginsUpstreamTLS }

    // MARK: - Servers

    func connectTimeout(_ timeouts: ProxyConfiguration.Timeouts) -> Duration {
        configuration.upstream.connectTimeout ?? timeouts.connect
    }

    /// The server to try next, counted as connected; nil if there is none, or enough were tried.
    func chooseServer(_ attempts: ConnectAttempts) -> UpstreamAddress? {
        guard attempts.count < configuration.upstream.attempts else { return nil }
        return servers.pool.withLock { pool in
            let server = pool.next(excluding: attempts.tried, at: ServiceClock.now)
            if let server { pool.connectionOpened(server) }
            return server
        }
    }

    func connectSucceeded(_ server: UpstreamAddress, _ service: ServiceState) {
        tell(servers.pool.withLock { $0.connectSucceeded(server) }, of: server, service)
    }

    /// A server that couldn't be connected. It isn't counted as connected any more.
    ///
    /// - Parameters:
    ///   - server: Which.
    ///   - isFailed: Whether that counts against it.
    ///   - service: Is told what follows.
    func leave(_ server: UpstreamAddress, isFailed: Bool, _ service: ServiceState) {
        let event = servers.pool.withLock { pool in
            pool.connectionClosed(server)
            return isFailed ? pool.connectFailed(server, at: ServiceClock.now) : nil
        }
        tell(event, of: server, service)
    }

    /// A connection is over. One that the server ended before there was anything to pass on counts as a failure to connect.
    func closed(_ server: UpstreamAddress, _ report: SessionReport, _ service: ServiceState) {
        let isFailure = report.joinTime == nil && report.end?.side == .upstream && !isClientsFault(report.end)
        let event = servers.pool.withLock { pool in
            pool.connectionClosed(server)
            return isFailure ? pool.connectFailed(server, at: ServiceClock.now) : nil
        }
        tell(event, of: server, service)
    }

    /// Whether a handshake failed because the server isn't whom the client, and nobody else, wanted it to be.
    private func isClientsFault(_ end: SessionEnd?) -> Bool {
        configuration.upstreamTLS.serverName == .fromClient && end?.error?.code == .verificationFailed
    }

    /// What a health check found.
    func checked(_ server: UpstreamAddress, isHealthy: Bool, _ service: ServiceState) {
        let event = servers.pool.withLock { isHealthy ? $0.checkSucceeded(server) : $0.checkFailed(server) }
        tell(event, of: server, service)
    }

    private func tell(_ event: UpstreamEvent?, of server: UpstreamAddress, _ service: ServiceState) {
        guard let event else { return }
        service.metrics.upstreamChanged(event, self, server)
        service.logger.notice("\(event.words)", metadata: ["route": "\(name)", "upstream": "\(server)"])
    }

    /// How each server is doing, for metrics.
    var standings: [(server: UpstreamAddress, standing: UpstreamStanding)] {
        servers.pool.withLock { pool in
            pool.servers.compactMap { server in pool.standing(of: server.id).map { (server.id, $0) } }
        }
    }

    /// Whether any server may be used.
    var isUsable: Bool { servers.pool.withLock { $0.isUsable } }

    // MARK: - TLS

    /// What becomes of a client of this route.
    ///
    /// - Throws: Where it is to be recorded and can't be.
    func clientPlan(_ recordings: ConnectionRecordings?) throws(TLSError) -> ClientPlan {
        guard let clientContext else { return .forward }
        return .terminate(Termination(clientContext, repetition: try recordings?.repetition(of: .client)))
    }

    /// Whether one of the names that are wanted is in a client's certificate; it may do without a certificate where that
    /// is optional.
    func accepts(_ certificates: [Certificate]) -> Bool {
        guard let requirements = configuration.clientAuthentication.requirements else { return true }
        guard let leaf = certificates.first else {
            if case .required = configuration.clientAuthentication { return false }
            return true
        }
        guard !requirements.names.patterns.isEmpty else { return true }
        return requirements.names.accepts(dns: leaf.dnsNames, uri: leaf.uris, email: leaf.emailAddresses)
    }

    /// What becomes of a connection to a server.
    ///
    /// - Throws: `TLSError` where there is no TLS to be made for this client.
    func upstreamPlan(
        to server: UpstreamAddress,
        for report: SessionReport,
        _ recordings: ConnectionRecordings?
    ) throws(TLSError) -> UpstreamPlan {
        guard beginsUpstreamTLS, let upstreamTLS else { return .plaintext }
        let name = try upstreamTLS.serverName(for: report.serverName)
        let context = try upstreamTLS.context(for: report.client?.applicationProtocol)
        let session = sessions.withLock { $0.take(UpstreamSessions.Key(server: server, name: name)) }
        let repetition = try recordings?.repetition(of: .upstream)
        return .originate(Origination(context, to: name, resuming: session, repetition: repetition))
    }

    /// Keeps a session for the next connection to a server.
    func keep(_ session: TLSSession, from server: UpstreamAddress) {
        let key = UpstreamSessions.Key(server: server, name: session.serverName)
        sessions.withLock { $0.keep(session, for: key) }
    }

    /// Keeps a session that was taken and can be used again.
    func putBack(_ session: TLSSession, from server: UpstreamAddress) {
        let key = UpstreamSessions.Key(server: server, name: session.serverName)
        sessions.withLock { $0.putBack(session, for: key) }
    }
}

extension UpstreamEvent {
    /// For logs.
    fileprivate var words: String { "upstream \(self)" }
}
