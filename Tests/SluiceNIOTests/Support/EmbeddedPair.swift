import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

/// A client and a server on two channels of one event loop, and a wire that a test carries.
final class EmbeddedPair {
    let loop = EmbeddedEventLoop()
    let client: EmbeddedEnd
    let server: EmbeddedEnd

    init(
        _ version: TLSVersion = .tls13,
        client clientContext: TLSContext? = nil,
        server serverContext: TLSContext? = nil,
        resuming session: TLSSession? = nil,
        clientConfiguration: TLSHandlerConfiguration = TLSHandlerConfiguration(),
        serverConfiguration: TLSHandlerConfiguration = TLSHandlerConfiguration()
    ) throws {
        let clientContext = try clientContext ?? SluiceNIOTests.clientContext(version)
        let serverContext = try serverContext ?? SluiceNIOTests.serverContext()
        let client = try TLSClientHandler(
            context: clientContext,
            resuming: session,
            configuration: clientConfiguration
        )
        let server = try TLSServerHandler(context: serverContext, configuration: serverConfiguration)
        self.client = try EmbeddedEnd(client, on: loop)
        self.server = try EmbeddedEnd(server, on: loop)
    }

    /// Two ends whose handshake has completed.
    static func established(_ version: TLSVersion = .tls13) throws -> EmbeddedPair {
        let pair = try EmbeddedPair(version)
        try pair.connect()
        try pair.settle()
        try #require(pair.client.handler.summary?.version == version)
        try #require(pair.server.handler.summary != nil)
        return pair
    }

    /// Makes both channels active.
    func connect() throws {
        try client.connect()
        try server.connect()
    }

    /// Carries bytes both ways, cut in pieces, until there are none.
    func settle(cut: Int = .max) throws {
        loop.run()
        for _ in 0..<roundsMax {
            let isUp = try client.carry(to: server, cut: cut)
            let isDown = try server.carry(to: client, cut: cut)
            loop.run()
            if !isUp, !isDown { return }
        }
        Issue.record("bytes go round for ever")
    }

    private let roundsMax = 10_000
}

/// One channel with a handler and a journal behind it.
final class EmbeddedEnd {
    let channel: EmbeddedChannel
    let handler: TLSHandler
    let journal = Journal()

    init(_ handler: TLSHandler, on loop: EmbeddedEventLoop) throws {
        self.handler = handler
        channel = EmbeddedChannel(loop: loop)
        try channel.pipeline.syncOperations.addHandlers([handler, journal])
    }

    deinit {
        // A channel keeps its pipeline, and that the channel, until it is closed.
        journal.reaction = nil
        channel.pipeline.syncOperations.removeHandler(handler, promise: nil)
        channel.embeddedEventLoop.run()
        _ = try? channel.finish(acceptAlreadyClosed: true)
    }

    func connect() throws {
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/embedded"), promise: nil)
    }

    /// What the channel would have sent.
    func takeCiphertext() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += Array(buffer.readableBytesView) }
        return bytes
    }

    /// Has these bytes arrive.
    func receive(_ bytes: [UInt8]) {
        guard channel.isActive else { return }
        channel.pipeline.fireChannelRead(ByteBuffer(bytes: bytes))
        channel.pipeline.fireChannelReadComplete()
    }

    /// Carries what there is, each piece as a turn of reading. Returns whether there was any.
    func carry(to other: EmbeddedEnd, cut: Int = .max) throws -> Bool {
        let bytes = try takeCiphertext()
        for start in stride(from: 0, to: bytes.count, by: min(cut, max(1, bytes.count))) {
            other.receive(Array(bytes[start..<min(bytes.count, start + min(cut, bytes.count))]))
        }
        return !bytes.isEmpty
    }

    /// Writes and flushes.
    @discardableResult
    func send(_ bytes: [UInt8]) -> EventLoopFuture<Void> {
        channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// What is called when a future completes.
    func outcome(of future: EventLoopFuture<Void>) -> Outcome {
        let outcome = Outcome()
        future.assumeIsolated().whenComplete { outcome.result = $0 }
        return outcome
    }
}

/// What came of a promise.
final class Outcome {
    var result: Result<Void, any Error>?

    var isSuccess: Bool { if case .success? = result { true } else { false } }

    var error: (any Error)? { if case .failure(let error)? = result { error } else { nil } }
}
