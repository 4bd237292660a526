import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOTLS
import Sluice
import SluiceNIO

/// Hummingbird's connections with Sluice's TLS under them: ALPN decides whose protocol is spoken.
struct SluiceChannel: ServerChildChannel {
    /// What the client chose, once it has.
    struct Value: ServerChildChannelValue {
        let chosen: EventLoopFuture<Chosen>
        let channel: any Channel
    }

    enum Chosen: Sendable {
        case http1(HTTP1Channel.Value)
        case http2(HTTP2Channel.Value)
    }

    let context: TLSContext
    let http1: HTTP1Channel
    let http2: HTTP2Channel

    /// Puts TLS first, and what waits for its handshake behind it.
    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Chosen> { result in
                if case .negotiated("h2") = result {
                    return http2.setup(channel: channel, logger: logger).map { .http2($0) }
                }
                return http1.setup(channel: channel, logger: logger).map { .http1($0) }
            }
            let tls = try TLSServerHandler(context: context)
            try channel.pipeline.syncOperations.addHandlers([tls, FailureLog(logger: logger), negotiation])
            return Value(chosen: negotiation.protocolNegotiationResult, channel: channel)
        }
    }

    /// Answers the connection's requests.
    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.chosen.get() {
            case .http1(let channel): await http1.handle(value: channel, logger: logger)
            case .http2(let connection): await http2.handle(value: connection, logger: logger)
            }
        } catch {
            // Why has been logged.
            logger.debug("no protocol was chosen: \(error)")
        }
    }
}

/// Logs why TLS failed. What comes behind it only learns that the connection is over.
private final class FailureLog: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // HTTP says where its messages end, so that many a client goes without a goodbye, or resets.
        let isOrdinary = (error as? TLSError).map { $0.code == .truncated } ?? true
        logger.log(level: isOrdinary ? .debug : .warning, "a connection failed: \(error)")
        context.fireErrorCaught(error)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 and HTTP/2 over Sluice's TLS.
    static func sluice(_ identity: TLSIdentity) throws -> HTTPServerBuilder {
        var configuration = TLSServerConfiguration.server(identity)
        configuration.parameters.applicationProtocols = ["h2", "http/1.1"]
        let context = try TLSContext(configuration)
        return HTTPServerBuilder { responder in
            SluiceChannel(
                context: context,
                http1: HTTP1Channel(responder: responder),
                http2: HTTP2Channel(responder: responder)
            )
        }
    }
}
