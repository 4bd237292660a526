import Foundation
import NIOCore
import NIOSSL
import NIOTLS

/// What this end does once there is a connection, and what it saw.
final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let settings: Settings
    private var received = 0
    private var failure: (any Error)?

    init(_ settings: Settings) {
        self.settings = settings
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let chosen)? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        let version = try? context.pipeline.syncOperations.nioSSL_tlsVersion()
        report("handshake", ["version": version == .tlsv13 ? "1.3" : "1.2", "alpn": chosen ?? ""])
        begin(context)
    }

    private func begin(_ context: ChannelHandlerContext) {
        let pattern = wrapOutboundOut(ByteBuffer(bytes: (0..<settings.number("bytes")).map { UInt8($0 % 251) }))
        switch (settings["role"], settings["does"]) {
        case ("server", "send"):
            context.writeAndFlush(pattern, promise: nil)
            context.close(promise: nil)
        case ("client", "echo"):
            context.writeAndFlush(pattern, promise: nil)
            closeIfComplete(context)
        case (_, "vanish"):
            context.writeAndFlush(pattern, promise: nil)
            vanish(context)
        default: break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytes
        guard settings["does"] == "echo" else { return }
        if settings["role"] == "server" {
            context.writeAndFlush(data, promise: nil)
        } else {
            closeIfComplete(context)
        }
    }

    private func closeIfComplete(_ context: ChannelHandlerContext) {
        if received >= settings.number("bytes") { context.close(promise: nil) }
    }

    /// TCP's end without close_notify: what the TLS handler's own context closes, the TLS handler doesn't see.
    private func vanish(_ context: ChannelHandlerContext) {
        let tls = context.pipeline.syncOperations
        let below = try? tls.context(handlerType: NIOSSLServerHandler.self)
        (try? below ?? tls.context(handlerType: NIOSSLClientHandler.self))?.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = failure ?? error
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch failure {
        case nil: report("end", ["how": "close_notify", "received": "\(received)"])
        case NIOSSLError.uncleanShutdown?: report("end", ["how": "truncated", "received": "\(received)"])
        case let failure?: report("failed", ["words": "\(failure)"])
        }
        context.fireChannelInactive()
    }
}

/// One line: a word and pairs of key and value.
func report(_ word: String, _ pairs: KeyValuePairs<String, String>) {
    let line = ([word] + pairs.map { "\($0)=\($1)" }).joined(separator: "\t")
    let words = line.split(separator: "\n").joined(separator: " ")
    FileHandle.standardOutput.write(Data((words + "\n").utf8))
}
