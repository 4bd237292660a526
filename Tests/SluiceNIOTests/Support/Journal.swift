import NIOCore
import NIOTLS
import Sluice
import SluiceNIO

/// The last handler of a pipeline: it notes what it is told, and does what a test wants when it is.
final class Journal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What a handler was told, in words to compare.
    enum Entry: Equatable {
        case active, inactive, read, readComplete, summary, handshake(String?), shutdown, inputClosed, outputClosed
        case error(String), writable(Bool)
    }

    private(set) var entries: [Entry] = []
    private(set) var plaintext: [UInt8] = []
    private(set) var errors: [any Error] = []
    /// Calls `channelRead` got, with what each had.
    private(set) var reads: [[UInt8]] = []
    /// Who waits for what.
    private var waiters: [(condition: (Journal) -> Bool, promise: EventLoopPromise<Void>)] = []
    /// What to do when something is noted.
    var reaction: ((ChannelHandlerContext, Entry) -> Void)?

    /// The errors of TLS.
    var tlsErrors: [TLSError] { errors.compactMap { $0 as? TLSError } }

    /// The entries without reads, which depend on how bytes are cut.
    var turningPoints: [Entry] { entries.filter { $0 != .read && $0 != .readComplete } }

    func channelActive(context: ChannelHandlerContext) { note(.active, context) }
    func channelInactive(context: ChannelHandlerContext) { note(.inactive, context) }
    func channelReadComplete(context: ChannelHandlerContext) { note(.readComplete, context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        plaintext += bytes
        reads.append(bytes)
        note(.read, context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        note(.writable(context.channel.isWritable), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        errors.append(error)
        switch error {
        case let error as TLSError: note(.error("\(error.code)"), context)
        case let error as TLSHandlerError: note(.error("\(error)"), context)
        default: note(.error(String(describing: error)), context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let name): note(.handshake(name), context)
        case TLSUserEvent.shutdownCompleted: note(.shutdown, context)
        case TLSEvent.handshakeCompleted: note(.summary, context)
        case ChannelEvent.inputClosed: note(.inputClosed, context)
        case ChannelEvent.outputClosed: note(.outputClosed, context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Succeeds the promise as soon as the condition holds.
    func succeed(_ promise: EventLoopPromise<Void>, when condition: @escaping (Journal) -> Bool) {
        waiters.append((condition, promise))
        wakeWaiters()
    }

    private func wakeWaiters() {
        let ready = waiters.filter { $0.condition(self) }
        waiters.removeAll { $0.condition(self) }
        for waiter in ready { waiter.promise.succeed() }
    }

    private func note(_ entry: Entry, _ context: ChannelHandlerContext) {
        entries.append(entry)
        reaction?(context, entry)
        wakeWaiters()
    }
}
