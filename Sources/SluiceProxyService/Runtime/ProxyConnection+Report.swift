internal import Logging
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

// What a connection leaves behind: counts, and a line.

extension ProxyConnection {
    /// Counts what has passed since the last time.
    func countBytes() {
        guard let route else { return }
        let received = session.report.received
        let fresh = PerSide(
            client: received.client - counted.client,
            upstream: received.upstream - counted.upstream
        )
        counted = received
        service.metrics.passed(fresh, route)
    }

    /// Counts a connection that is over, and logs it.
    func tellEnd() {
        let report = session.report
        countBytes()
        let lifetime = ServiceClock.now - start
        if let side = report.failedHandshake { service.metrics.handshakeFailed(route, side) }
        service.metrics.finished(report.end, route, entrance, after: lifetime)
        service.logger.log(level: report.end?.level ?? .info, "connection", metadata: metadata(report, lifetime))
    }

    private func metadata(_ report: SessionReport, _ lifetime: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["listener": "\(entrance.name)"]
        func add(_ key: String, _ value: String?) {
            if let value { metadata[key] = "\(value)" }
        }
        add("client", endpoints.client?.description)
        if endpoints.header != nil { add("peer", endpoints.peer?.description) }
        add("route", route?.name)
        add("mode", route?.configuration.mode.rawValue)
        add("sni", report.serverName)
        if let summary = report.client {
            add("version", summary.version.word)
            add("suite", summary.cipherSuite.name)
            add("alpn", summary.applicationProtocol?.description)
            add("resumed", summary.isResumed ? "yes" : "no")
            add("client_certificate", summary.peerCertificates.first?.subject)
        }
        add("upstream", attempts.server?.description)
        if attempts.count > 1 { add("attempts", "\(attempts.count)") }
        if let summary = report.upstream {
            add("upstream_version", summary.version.word)
            add("upstream_resumed", summary.isResumed ? "yes" : "no")
        }
        add("bytes_in", "\(report.received.client)")
        add("bytes_out", "\(report.received.upstream)")
        add("handshake_ms", report.handshakeTime?.milliseconds)
        add("duration_ms", lifetime.milliseconds)
        add("end", report.end?.reason.rawValue)
        add("side", report.end?.side?.word)
        add("error", report.end.flatMap { $0.details.isEmpty ? nil : $0.details })
        return metadata
    }
}

extension SessionReport {
    /// The side whose handshake began and didn't complete.
    fileprivate var failedHandshake: ProxySide? {
        guard let end, let side = end.side else { return nil }
        switch end.reason {
        case .handshakeFailed, .handshakeTimeout: return side
        case .connectionLost where side == .client && client == nil && serverName != nil: return side
        default: return nil
        }
    }
}

extension Duration {
    /// For logs: with a tenth of a millisecond.
    fileprivate var milliseconds: String {
        let (seconds, attoseconds) = components
        let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension SessionEnd {
    /// What peers do isn't the proxy's trouble; that there is no server, or a fault of its own, is.
    fileprivate var level: Logger.Level {
        switch reason {
        case .connectFailed: .warning
        case .internalError: .error
        case .handshakeFailed, .handshakeTimeout: side == .upstream ? .warning : .info
        default: .info
        }
    }
}
