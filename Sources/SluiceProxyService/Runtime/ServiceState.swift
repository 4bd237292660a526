internal import Logging
internal import NIOCore
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy
internal import Synchronization

/// What all connections share.
final class ServiceState: Sendable {
    let logger: Logger
    let metrics: ProxyMetrics
    let keyLog: KeyLogFile?

    private let journals: FailureJournals?
    private let admission: Mutex<AdmissionControl>
    private let registries: [ObjectIdentifier: ConnectionRegistry]
    private let current: Mutex<ProxyGeneration>
    private let coming = Mutex<ProxyGeneration?>(nil)
    private let census = Mutex(Census())

    private struct Census {
        var connections = 0
        var refused = 0
        var isDraining = false
    }

    init(
        _ generation: ProxyGeneration,
        on group: any EventLoopGroup,
        logger: Logger,
        metrics: ProxyMetrics,
        keyLog: KeyLogFile?,
        journals: FailureJournals?
    ) {
        self.logger = logger
        self.metrics = metrics
        self.keyLog = keyLog
        self.journals = journals
        admission = Mutex(AdmissionControl(AdmissionLimits(generation.limits)))
        current = Mutex(generation)
        registries = Dictionary(
            uniqueKeysWithValues: group.makeIterator().map { (ObjectIdentifier($0), ConnectionRegistry($0)) }
        )
    }

    // MARK: - Generations

    /// The one that new connections begin with.
    var generation: ProxyGeneration { current.withLock { $0 } }

    /// Names one that is about to be used: its sockets open before it is, and clients come at once.
    func prepare(_ generation: ProxyGeneration?) {
        coming.withLock { $0 = generation }
    }

    /// Where clients that come in there go.
    func entrance(at address: ListenAddress) -> (ProxyGeneration, ProxyEntrance)? {
        for generation in [generation, coming.withLock { $0 }] {
            if let generation, let entrance = generation.entrance(at: address) { return (generation, entrance) }
        }
        return nil
    }

    /// Has new connections begin with another.
    func use(_ generation: ProxyGeneration) {
        current.withLock { $0 = generation }
        prepare(nil)
        admission.withLock { $0.limits = AdmissionLimits(generation.limits) }
    }

    // MARK: - Limits

    func admit(_ address: InternetAddress?) -> Admission {
        admission.withLock { $0.admit(address, at: ServiceClock.now) }
    }

    func admit(_ ticket: AdmissionTicket, as address: InternetAddress) -> Admission {
        admission.withLock { $0.admit(ticket, as: address) }
    }

    func release(_ ticket: AdmissionTicket) {
        admission.withLock { $0.release(ticket) }
    }

    /// Whether so many connections over the limit linger over their alert that another one is reset at once.
    func isCrowdedWithRefused() -> Bool {
        census.withLock { $0.refused >= RuntimeLimits.refusedConnectionsMax }
    }

    // MARK: - Connections

    /// How many there are.
    var connectionCount: Int { census.withLock { $0.connections } }

    func opened(_ connection: ProxyConnection) {
        registries[ObjectIdentifier(connection.loop)]?.insert(connection)
        census.withLock { $0.connections += 1 }
        metrics.opened(connection.entrance)
    }

    func refused(_ connection: ProxyConnection, _ refusal: Admission.Refusal) {
        census.withLock { $0.refused += 1 }
        metrics.refused(refusal, connection.entrance)
    }

    func finished(_ connection: ProxyConnection) {
        registries[ObjectIdentifier(connection.loop)]?.remove(connection)
        census.withLock { census in
            census.connections -= 1
            if connection.isRefused { census.refused -= 1 }
        }
    }

    /// Whether the proxy is about to stop.
    var isDraining: Bool { census.withLock { $0.isDraining } }

    /// Says that the proxy is about to stop.
    func beginDraining() { census.withLock { $0.isDraining = true } }

    /// Ends all that there are.
    func endAll() {
        for registry in registries.values { registry.endAll() }
    }

    /// What a connection of a route leaves if it fails; nil where nothing is recorded.
    func recordings(for route: RouteState, _ endpoints: ConnectionEndpoints) -> ConnectionRecordings? {
        journals.map { ConnectionRecordings($0, route, endpoints) }
    }
}

extension AdmissionLimits {
    fileprivate init(_ limits: ProxyConfiguration.Limits) {
        self.init(
            connectionsMax: limits.connectionsMax,
            connectionsPerAddressMax: limits.connectionsPerAddressMax,
            handshakesPerSecondMax: limits.handshakesPerSecondMax
        )
    }
}
