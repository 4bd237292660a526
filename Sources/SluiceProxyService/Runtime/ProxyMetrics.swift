internal import CoreMetrics
internal import Metrics
internal import Sluice
internal import SluiceProxy

/// What the proxy counts.
final class ProxyMetrics: Sendable {
    private let connections: LabelledMetrics<Counter>
    private let active: LabelledMetrics<Meter>
    private let refusals: LabelledMetrics<Counter>
    private let handshakes: LabelledMetrics<Counter>
    private let handshakeTimes: LabelledMetrics<Timer>
    private let resumptions: LabelledMetrics<Counter>
    private let ends: LabelledMetrics<Counter>
    private let lifetimes: LabelledMetrics<Timer>
    private let bytes: LabelledMetrics<Counter>
    private let alerts: LabelledMetrics<Counter>
    private let connectFailures: LabelledMetrics<Counter>
    private let upstreamChanges: LabelledMetrics<Counter>
    private let reloads: LabelledMetrics<Counter>

    /// What each of them tells, for those who read them.
    static let descriptions: [MetricDescription] = [
        MetricDescription("sluice_connections_total", "Connections accepted."),
        MetricDescription("sluice_connections_active", "Connections that are open."),
        MetricDescription("sluice_connections_refused_total", "Connections refused for a limit."),
        MetricDescription("sluice_handshakes_total", "TLS handshakes by side, outcome and version."),
        MetricDescription("sluice_handshake_seconds", "From a connection to the end of the client's handshake."),
        MetricDescription("sluice_resumptions_total", "TLS handshakes that resumed a session."),
        MetricDescription("sluice_connection_ends_total", "Connections that ended, by reason."),
        MetricDescription(
            "sluice_connection_seconds",
            "From a connection to its end.",
            buckets: MetricDescription.lifetimes
        ),
        MetricDescription("sluice_bytes_total", "Payload passed on, by direction."),
        MetricDescription("sluice_alerts_total", "TLS alerts, close_notify aside."),
        MetricDescription("sluice_upstream_connect_failures_total", "Servers that couldn't be connected."),
        MetricDescription("sluice_upstream_changes_total", "Servers that went down, were left out, or came back."),
        MetricDescription("sluice_reloads_total", "Reloads of the configuration, by outcome."),
    ]

    init(_ factory: any MetricsFactory) {
        func counters(_ label: String, _ names: String...) -> LabelledMetrics<Counter> {
            LabelledMetrics(names) { Counter(label: label, dimensions: $0, factory: factory) }
        }
        func timers(_ label: String, _ names: String...) -> LabelledMetrics<Timer> {
            LabelledMetrics(names) { Timer(label: label, dimensions: $0, factory: factory) }
        }
        connections = counters("sluice_connections_total", "listener")
        active = LabelledMetrics(["listener"]) {
            Meter(label: "sluice_connections_active", dimensions: $0, factory: factory)
        }
        refusals = counters("sluice_connections_refused_total", "listener", "reason")
        handshakes = counters("sluice_handshakes_total", "route", "side", "outcome", "version")
        handshakeTimes = timers("sluice_handshake_seconds", "route")
        resumptions = counters("sluice_resumptions_total", "route", "side")
        ends = counters("sluice_connection_ends_total", "route", "reason")
        lifetimes = timers("sluice_connection_seconds", "route")
        bytes = counters("sluice_bytes_total", "route", "direction")
        alerts = counters("sluice_alerts_total", "side", "direction", "alert")
        connectFailures = counters("sluice_upstream_connect_failures_total", "route")
        upstreamChanges = counters("sluice_upstream_changes_total", "route", "server", "change")
        reloads = counters("sluice_reloads_total", "outcome")
    }

    func opened(_ entrance: ProxyEntrance) {
        connections[entrance.name].increment()
        active[entrance.name].increment()
    }

    func refused(_ refusal: Admission.Refusal, _ entrance: ProxyEntrance) {
        refusals[entrance.name, refusal.label].increment()
    }

    func handshakeCompleted(_ summary: HandshakeSummary, _ route: RouteState, _ side: ProxySide, after time: Duration?)
    {
        handshakes[route.name, side.word, "completed", summary.version.word].increment()
        if summary.isResumed { resumptions[route.name, side.word].increment() }
        if let time { handshakeTimes[route.name].record(duration: time) }
    }

    func handshakeFailed(_ route: RouteState?, _ side: ProxySide) {
        handshakes[route?.name ?? Self.none, side.word, "failed", ""].increment()
    }

    func passed(_ bytes: PerSide<UInt64>, _ route: RouteState) {
        if bytes.client > 0 { self.bytes[route.name, "upstream"].increment(by: Int64(clamping: bytes.client)) }
        if bytes.upstream > 0 { self.bytes[route.name, "client"].increment(by: Int64(clamping: bytes.upstream)) }
    }

    func alert(_ alert: TLSAlert, _ side: ProxySide, _ direction: String) {
        alerts[side.word, direction, "\(alert)"].increment()
    }

    func connectFailed(_ route: RouteState?) {
        connectFailures[route?.name ?? Self.none].increment()
    }

    func upstreamChanged(_ event: UpstreamEvent, _ route: RouteState, _ server: UpstreamAddress) {
        upstreamChanges[route.name, "\(server)", event.word].increment()
    }

    func finished(_ end: SessionEnd?, _ route: RouteState?, _ entrance: ProxyEntrance, after time: Duration) {
        active[entrance.name].decrement()
        ends[route?.name ?? Self.none, end?.reason.rawValue ?? Self.none].increment()
        lifetimes[route?.name ?? Self.none].record(duration: time)
    }

    func reloaded(_ outcome: String) {
        reloads[outcome].increment()
    }

    /// The route of connections that got none.
    private static let none = "none"
}

extension ProxySide {
    /// For logs and labels.
    var word: String { self == .client ? "client" : "upstream" }
}

extension TLSVersion {
    /// For logs and labels.
    var word: String { self == .tls13 ? "1.3" : "1.2" }
}

extension Admission.Refusal {
    /// For labels.
    fileprivate var label: String {
        switch self {
        case .connections: "connections"
        case .connectionsPerAddress: "connections_per_address"
        case .handshakesPerSecond: "handshakes_per_second"
        }
    }
}

extension UpstreamEvent {
    /// For labels.
    fileprivate var word: String {
        switch self {
        case .ejected: "ejected"
        case .returned: "returned"
        case .down: "down"
        case .up: "up"
        }
    }
}
