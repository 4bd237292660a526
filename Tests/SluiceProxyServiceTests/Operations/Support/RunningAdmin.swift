import NIOPosix
import SluicePOSIX

@testable import SluiceProxyService

/// An admin server that runs while a test does.
struct RunningAdmin {
    let server: AdminServer
    let running: Task<Void, any Error>

    /// Starts one. A request may take longer than in service: a busy machine is no fault of the server's.
    init(
        _ address: AdminAddress = .tcp(host: "127.0.0.1", port: 0),
        _ resources: AdminResources = RunningAdmin.resources(),
        limits: AdminLimits = AdminLimits(requestTime: .seconds(120))
    ) async throws {
        let server = try await AdminServer.listen(
            at: address,
            answering: resources,
            limits: limits,
            on: MultiThreadedEventLoopGroup.singleton
        )
        self.server = server
        running = Task { try await server.run() }
    }

    static func resources(readiness: AdminReadiness = .ready) -> AdminResources {
        AdminResources(
            metrics: { [MetricFamily("a_total", "A.", .counter, [MetricSample(.number(1))])] },
            readiness: { readiness },
            configuration: { #"{"routes":[]}"# }
        )
    }

    /// Ends it as a service group would that is cancelled.
    func stop() async throws {
        running.cancel()
        try await running.value
    }

    var url: String { "http://127.0.0.1:\(server.port ?? 0)" }

    func connect() throws -> RawPeer { try RawPeer(port: server.port) }
}
