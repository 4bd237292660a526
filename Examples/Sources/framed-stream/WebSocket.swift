import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// Connections that begin as HTTP/1.1 and become WebSockets, by NIO's typed upgraders.
enum WebSocket {
    /// What carries frames.
    typealias FrameChannel = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    /// A connection that is to become one; nil for a client that wanted something else.
    typealias Upgraded = EventLoopFuture<FrameChannel?>

    /// A server didn't agree.
    struct Declined: Error {}

    /// Asks a server for a WebSocket.
    static func connect(to host: String, port: Int) async throws -> FrameChannel {
        let upgrading: Upgraded = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketClientUpgrader<FrameChannel?>(
                        maxFrameSize: frameBytesMax,
                        upgradePipelineHandler: { channel, _ in wrap(channel) }
                    )
                    let headers: HTTPHeaders = ["Host": "\(host):\(port)", "Content-Length": "0"]
                    let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                        upgradeRequestHead: HTTPRequestHead(
                            version: .http1_1,
                            method: .GET,
                            uri: "/",
                            headers: headers
                        ),
                        upgraders: [upgrader],
                        notUpgradingCompletionHandler: { channel in channel.close().map { nil } }
                    )
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: .init(upgradeConfiguration: configuration)
                    )
                }
            }
        guard let channel = try await upgrading.get() else { throw Declined() }
        return channel
    }

    /// Listens for clients that want a WebSocket.
    static func listen(at host: String, port: Int) async throws -> NIOAsyncChannel<Upgraded, Never> {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketServerUpgrader<FrameChannel?>(
                        maxFrameSize: frameBytesMax,
                        shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture(HTTPHeaders()) },
                        upgradePipelineHandler: { channel, _ in wrap(channel) }
                    )
                    let configuration = NIOTypedHTTPServerUpgradeConfiguration(
                        upgraders: [upgrader],
                        notUpgradingCompletionHandler: { channel in channel.close().map { nil } }
                    )
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
                        configuration: .init(upgradeConfiguration: configuration)
                    )
                }
            }
    }

    private static func wrap(_ channel: any Channel) -> Upgraded {
        channel.eventLoop.makeCompletedFuture { try FrameChannel(wrappingChannelSynchronously: channel) }
    }
}
