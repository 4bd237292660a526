import NIOCore
import NIOPosix
import NIOSSL

/// The peer program on BoringSSL, by way of SwiftNIO; the README of `Peers` says how it is called.
@main
struct Peer {
    static func main() throws {
        let settings = Settings(CommandLine.arguments.dropFirst())
        let context = try NIOSSLContext(configuration: settings.configuration())
        if settings["role"] == "server" {
            try serve(settings, context)
        } else {
            try connect(settings, context)
        }
    }

    /// Serves until standard input ends.
    private static func serve(_ settings: Settings, _ context: NIOSSLContext) throws {
        let server = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandlers(NIOSSLServerHandler(context: context), Conversation(settings))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
        report("listening", ["port": "\(server.localAddress?.port ?? 0)"])
        while readLine() != nil {}
    }

    /// Connects once.
    private static func connect(_ settings: Settings, _ context: NIOSSLContext) throws {
        let address = (settings["connect"] ?? "").split(separator: ":").map { String($0) }
        let channel = try ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: settings["name"])
                    try channel.pipeline.syncOperations.addHandlers(tls, Conversation(settings))
                }
            }
            .connect(host: address[0], port: Int(address[1]) ?? 0).wait()
        try channel.closeFuture.wait()
    }
}
