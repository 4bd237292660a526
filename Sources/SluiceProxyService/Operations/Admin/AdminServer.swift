package import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import ServiceLifecycle
internal import SluicePOSIX

/// Where the admin server listens.
package enum AdminAddress: Hashable, Sendable {
    /// A host and a port; port 0 is one that the system chooses.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket, which is removed at the end.
    case unix(path: String)
}

/// A small server of HTTP for those who watch the service: `/metrics`, `/healthz`, `/readyz` and `/config`.
///
/// It has no TLS and asks nobody who they are: bind it where only they get. As a service put it first in its group, so that
/// it ends last and tells of the others' end.
package struct AdminServer: Service {
    private let channel: any Channel
    private let connections: AdminConnections
    private let file: FileToRemove?

    private struct FileToRemove {
        let path: String
        let identity: FileIdentity
    }

    /// Listens; answers from now on, until ``run()`` ends.
    ///
    /// - Parameters:
    ///   - address: Where. A socket at a path that nobody listens at any more is replaced.
    ///   - resources: What to answer.
    ///   - limits: Of connections and requests.
    ///   - group: Runs it; one loop is enough.
    /// - Returns: The server, to be run.
    /// - Throws: Where it can't listen there.
    package static func listen(
        at address: AdminAddress,
        answering resources: AdminResources,
        limits: AdminLimits = AdminLimits(),
        on group: any EventLoopGroup
    ) async throws -> AdminServer {
        let connections = AdminConnections(countMax: limits.connectionsMax)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                guard connections.admit(channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture { try configure(channel, resources, limits) }
            }
        switch address {
        case .tcp(let host, let port):
            return AdminServer(try await bootstrap.bind(host: host, port: port).get(), connections)
        case .unix(let path):
            try UnixSocket.removeAbandoned(path)
            let channel = try await bootstrap.bind(unixDomainSocketPath: path).get()
            return AdminServer(channel, connections, path: path)
        }
    }

    private init(_ channel: any Channel, _ connections: AdminConnections, path: String? = nil) {
        self.channel = channel
        self.connections = connections
        file = path.flatMap { path in
            Files.stamp(of: path).map { FileToRemove(path: path, identity: $0.identity) }
        }
    }

    /// The port that it listens at, if it is one of TCP.
    package var port: Int? { channel.localAddress?.port }

    /// Answers until it is to end; then each connection gets the answer that it waits for.
    package func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            channel.close(promise: nil)
            connections.end()
        }
        if let file, Files.stamp(of: file.path)?.identity == file.identity { Files.remove(file.path) }
        await connections.ended()
    }

    private static func configure(_ channel: any Channel, _ resources: AdminResources, _ limits: AdminLimits) throws {
        var decoding = NIOHTTPDecoderLimitConfiguration()
        decoding.maxHeaderFieldSize = limits.requestBytesMax
        decoding.maxHeaderListSize = limits.requestBytesMax
        decoding.maxHeaderFieldCount = OperationsLimits.adminHeaderFieldsMax
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(AdminRequestGuard(limits))
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true,
            withErrorHandling: true,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: decoding
        )
        try pipeline.addHandler(AdminResponder(resources))
    }
}
