internal import SluiceProxy

/// What a configuration came to, from one reload to the next. Connections keep the one that they began with.
final class ProxyGeneration: Sendable {
    let configuration: ProxyConfiguration

    /// By name.
    let routes: [String: RouteState]

    let sessionTimeouts: SessionTimeouts

    /// By the listener's address.
    private let entrances: [ListenAddress: ProxyEntrance]

    var limits: ProxyConfiguration.Limits { configuration.limits }

    var timeouts: ProxyConfiguration.Timeouts { configuration.timeouts }

    init(_ configuration: ProxyConfiguration, routes: [RouteState]) {
        self.configuration = configuration
        let byName = Dictionary(routes.map { ($0.name, $0) }) { first, _ in first }
        self.routes = byName
        entrances = configuration.listeners.reduce(into: [:]) { entrances, listener in
            entrances[listener.address.place] = ProxyEntrance(listener, to: listener.routes.compactMap { byName[$0] })
        }
        sessionTimeouts = SessionTimeouts(configuration.timeouts)
    }

    /// What becomes of clients that come in there; nil where nobody is to come in any more.
    func entrance(at address: ListenAddress) -> ProxyEntrance? { entrances[address.place] }
}

extension SessionTimeouts {
    fileprivate init(_ timeouts: ProxyConfiguration.Timeouts) {
        self.init()
        handshake = timeouts.handshake
        idle = timeouts.idle
        total = timeouts.total
        linger = timeouts.linger
    }
}

extension ListenAddress {
    /// Where it is, whatever permissions it has.
    var place: ListenAddress {
        if case .unix(let path, _) = self { .unix(path: path, mode: nil) } else { self }
    }
}
