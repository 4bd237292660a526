internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import Sluice

/// Probes the servers of the routes that want it.
struct HealthCheckService: Service {
    let service: ServiceState
    let group: MultiThreadedEventLoopGroup

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let generation = service.generation
                await withTaskGroup(of: Void.self) { tasks in
                    for route in generation.routes.values {
                        guard let check = route.configuration.upstream.healthCheck else { continue }
                        for server in route.configuration.upstream.servers {
                            tasks.addTask { await probe(server.address, of: route, check, generation) }
                        }
                    }
                    tasks.addTask { await waitForReload(generation) }
                    await tasks.next()
                    // One that ends is the one that saw a reload: everything begins anew.
                    tasks.cancelAll()
                }
            }
        }
    }

    private func waitForReload(_ generation: ProxyGeneration) async {
        while !Task.isCancelled, service.generation === generation {
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Probes a server again and again.
    private func probe(
        _ server: UpstreamAddress,
        of route: RouteState,
        _ check: ProxyConfiguration.HealthCheck,
        _ generation: ProxyGeneration
    ) async {
        while !Task.isCancelled, service.generation === generation {
            do {
                try await HealthProbe.run(server, of: route, check, on: group.next())
                route.checked(server, isHealthy: true, service)
            } catch is CancellationError {
                return
            } catch {
                service.logger.debug(
                    "probe failed",
                    metadata: ["route": "\(route.name)", "upstream": "\(server)", "error": "\(error)"]
                )
                route.checked(server, isHealthy: false, service)
            }
            try? await Task.sleep(for: check.interval)
        }
    }
}
