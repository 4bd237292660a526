internal import SluiceProxy
internal import Synchronization

/// How the servers of a route are doing. One for all generations: connections that began with an old one count on.
final class UpstreamServers: Sendable {
    let pool: Mutex<UpstreamPool<UpstreamAddress>>

    init(_ upstream: ProxyConfiguration.Upstream) {
        pool = Mutex(UpstreamPool(upstream))
    }

    /// Goes by new settings. Servers that stay keep what is known of them.
    func adopt(_ upstream: ProxyConfiguration.Upstream) {
        pool.withLock { $0 = UpstreamPool(upstream).adopting($0) }
    }
}

extension UpstreamPool<UpstreamAddress> {
    fileprivate init(_ upstream: ProxyConfiguration.Upstream) {
        let policy = UpstreamPolicy(
            balance: upstream.balance == .leastConnections ? .leastConnections : .roundRobin,
            ejection: upstream.ejection.map { UpstreamPolicy.Ejection(after: $0.failures, for: $0.time) },
            healthChecks: upstream.healthCheck.map { UpstreamPolicy.HealthChecks(rise: $0.rise, fall: $0.fall) }
        )
        self.init(upstream.servers.map { UpstreamServer($0.address, weight: $0.weight) }, policy: policy)
    }
}
