import NIOCore
import NIOEmbedded
import NIOSSL
import NIOTLS

/// A client and a server of swift-nio-ssl, each on an embedded channel, and the carrying between them.
///
/// Buffers go from one channel's outbound side into the other's pipeline as an event loop would hand them on. The
/// conveniences of `EmbeddedChannel` that copy its queues into arrays are left out: they belong to tests.
struct NIOSSLPair {
    let client: End
    let server: End

    /// A channel, its TLS handler and the application behind it.
    struct End {
        let channel: EmbeddedChannel
        let handler: NIOSSLHandler
        let application: Application

        init(_ handler: NIOSSLHandler, _ loop: EmbeddedEventLoop) throws {
            self.handler = handler
            application = Application()
            channel = EmbeddedChannel(loop: loop)
            try channel.pipeline.syncOperations.addHandlers([handler, application])
        }

        /// Writes and flushes, as an application does.
        func write(_ plaintext: ByteBuffer) {
            channel.writeAndFlush(plaintext, promise: nil)
        }

        /// Closes the channel beneath TLS, so that no alerts are exchanged: the other peers just free their engines.
        func close() throws {
            guard channel.isActive else { return }
            try channel.pipeline.syncOperations.context(handler: handler).close(promise: nil)
        }
    }

    init(_ contexts: NIOSSLContexts, host: String = Material.host, loop: EmbeddedEventLoop) throws {
        client = try End(NIOSSLClientHandler(context: contexts.client, serverHostname: host), loop)
        server = try End(NIOSSLServerHandler(context: contexts.server), loop)
    }

    /// Starts the handshake and carries until nothing is left, whatever it comes to.
    ///
    /// - Parameter watch: Sees what the server sends.
    /// - Throws: Only what the channels do; a failed handshake is seen by the applications.
    func handshake(watching watch: ((ByteBuffer) -> Void)? = nil) throws {
        let address = try SocketAddress(unixDomainSocketPath: "/")
        server.channel.connect(to: address, promise: nil)
        client.channel.connect(to: address, promise: nil)
        var isBusy = true
        while isBusy {
            let isClientHeard = try carry(client, server, nil)
            let isServerHeard = try carry(server, client, watch)
            isBusy = isClientHeard || isServerHeard
        }
    }

    /// Completes the handshake, at both ends, or throws what prevented it.
    func establish() throws {
        try handshake()
        guard client.application.isHandshaken, server.application.isHandshaken else {
            let errors = client.application.errors + server.application.errors
            throw PeerFailure(peer: PeerKind.nio.rawValue, words: "the handshake failed: \(errors)")
        }
    }

    /// Carries what the client has for the server.
    func carryToServer() throws {
        _ = try carry(client, server, nil)
    }

    /// Carries what the server has for the client.
    func carryToClient() throws {
        _ = try carry(server, client, nil)
    }

    func close() throws {
        try client.close()
        try server.close()
    }

    /// Returns whether there was something to carry.
    private func carry(_ sender: End, _ receiver: End, _ watch: ((ByteBuffer) -> Void)?) throws -> Bool {
        var isCarried = false
        while let ciphertext = try sender.channel.readOutbound(as: ByteBuffer.self) {
            watch?(ciphertext)
            receiver.channel.pipeline.syncOperations.fireChannelRead(NIOAny(ciphertext))
            receiver.channel.pipeline.syncOperations.fireChannelReadComplete()
            isCarried = true
        }
        return isCarried
    }
}

extension NIOSSLPair {
    /// The last handler: counts what arrives and lets go of it.
    final class Application: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private(set) var isHandshaken = false
        private(set) var byteCount = 0
        private(set) var errors: [any Error] = []
        /// Called with each buffer, by those who look at what arrives.
        var onRead: ((ByteBuffer) -> Void)?

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            byteCount += buffer.readableBytes
            onRead?(buffer)
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .handshakeCompleted? = event as? TLSUserEvent { isHandshaken = true }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            errors.append(error)
        }
    }
}
