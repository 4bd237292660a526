internal import SluiceProxy

// What the admin server tells.

extension ServiceState {
    /// Whether it takes connections, and some server could be behind them.
    var readiness: AdminReadiness {
        if isDraining { return .notReady("draining") }
        let down = generation.routes.values.filter { !$0.isUsable }.map(\.name).sorted()
        return down.isEmpty ? .ready : .notReady("no server is up: " + down.joined(separator: ", "))
    }

    /// How the servers of all routes are doing.
    func standingFamilies() -> [MetricFamily] {
        let standings = generation.routes.values.sorted { $0.name < $1.name }.flatMap { route in
            route.standings.map { server, standing in
                (MetricLabels([("route", route.name), ("server", "\(server)")]), standing)
            }
        }
        let up = standings.map { labels, standing in
            MetricSample(.number(standing.condition == .up ? 1 : 0), labels: labels)
        }
        let connections = standings.map { labels, standing in
            MetricSample(.number(Double(standing.connections)), labels: labels)
        }
        return [
            MetricFamily("sluice_upstream_up", "Whether a server gets connections as a rule.", .gauge, up),
            MetricFamily("sluice_upstream_connections", "Connections to a server.", .gauge, connections),
        ]
    }
}

extension AdminAddress {
    /// nil for a socket of systemd's: the admin server opens its own.
    init?(_ address: ListenAddress) {
        switch address {
        case .tcp(let host, let port): self = .tcp(host: host, port: Int(port))
        case .unix(let path, _): self = .unix(path: path)
        case .systemd: return nil
        }
    }
}
