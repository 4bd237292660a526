import NIOCore
import NIOTLS

/// The last handler of a pipeline: it notes what it is told.
final class Journal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What a handler was told.
    enum Entry: Equatable {
        case handshake(String?), shutdown, inputClosed, error, inactive
    }

    private(set) var entries: [Entry] = []
    private(set) var plaintext: [UInt8] = []
    private(set) var errors: [any Error] = []
    private var waiters: [(condition: (Journal) -> Bool, promise: EventLoopPromise<Void>)] = []

    /// Succeeds the promise as soon as the condition holds.
    func succeed(_ promise: EventLoopPromise<Void>, when condition: @escaping (Journal) -> Bool) {
        waiters.append((condition, promise))
        wakeWaiters()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        plaintext += Array(unwrapInboundIn(data).readableBytesView)
        wakeWaiters()
    }

    func channelInactive(context: ChannelHandlerContext) { note(.inactive) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        errors.append(error)
        note(.error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let name): note(.handshake(name))
        case TLSUserEvent.shutdownCompleted: note(.shutdown)
        case ChannelEvent.inputClosed: note(.inputClosed)
        default: break
        }
    }

    private func note(_ entry: Entry) {
        entries.append(entry)
        wakeWaiters()
    }

    private func wakeWaiters() {
        let ready = waiters.filter { $0.condition(self) }
        waiters.removeAll { $0.condition(self) }
        for waiter in ready { waiter.promise.succeed() }
    }
}
