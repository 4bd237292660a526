// A server on SwiftNIO that sends back what it gets, and says which application protocol each client chose:
//
//     swift run --package-path Examples nio-echo-server --cert Fixtures/Certificates/server-ecdsa.pem \
//         --key Fixtures/Certificates/server-ecdsa.key.pem --port 4433 --protocol echo/2 --protocol echo/1
//     openssl s_client -connect localhost:4433 -CAfile Fixtures/Certificates/root.pem -alpn echo/1 -quiet
//
// On SIGTERM and SIGINT it takes no more connections, says goodbye with close_notify on those that there are, and ends.

import ArgumentParser
import Foundation
import NIOCore
import NIOExtras
import NIOPosix
import NIOTLS
import Sluice
import SluiceNIO
import UnixSignals

@main
struct NIOEchoServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nio-echo-server",
        abstract: "An echo server with TLS on SwiftNIO."
    )

    @Option(help: "The certificate and its intermediates, in PEM.") var cert: String
    @Option(help: "The private key, in PEM.") var key: String
    @Option(help: "Where to listen.") var host = "127.0.0.1"
    @Option(help: "0 takes a free one.") var port = 0
    @Option(name: .customLong("protocol"), help: "An application protocol; the first that a client offers is taken.")
    var protocols: [String] = []

    func run() async throws {
        let context = try makeContext()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)

        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = quiescing.makeServerChannelHandler(channel: channel)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handlers: [any ChannelHandler] = [try TLSServerHandler(context: context), EchoHandler()]
                    try channel.pipeline.syncOperations.addHandlers(handlers)
                }
            }
            .bind(host: host, port: port).get()
        say("listening on \(host):\(listener.localAddress?.port ?? port)")

        for await _ in signals { break }
        let end = listener.eventLoop.makePromise(of: Void.self)
        quiescing.initiateShutdown(promise: end)
        try await end.futureResult.get()
        say("goodbye")
    }

    private func makeContext() throws -> TLSContext {
        let (chain, key) = try (Data(contentsOf: URL(filePath: cert)), Data(contentsOf: URL(filePath: key)))
        var configuration = try TLSServerConfiguration.server(TLSIdentity(pemChain: Array(chain), pemKey: Array(key)))
        configuration.parameters.applicationProtocols = try protocols.map { name in
            guard let parsed = ApplicationProtocol(name) else { throw ValidationError("\"\(name)\" is no protocol") }
            return parsed
        }
        return try TLSContext(configuration)
    }
}

/// Sends back what it reads, and stops reading while the client doesn't read.
private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.write(data, promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.channel.setOption(.autoRead, value: context.channel.isWritable).whenFailure { _ in }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let name): say("a client speaks \(name ?? "no protocol")")
        case is ChannelShouldQuiesceEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // TLSHandler closes the channel where it must.
        FileHandle.standardError.write(Data("nio-echo-server: \(error)\n".utf8))
    }
}

/// Prints a line at once, even into a pipe.
private func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
