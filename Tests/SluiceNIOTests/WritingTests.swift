import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

struct WritingTests {
    @Test(arguments: TLSVersion.allCases)
    func `promises succeed in order, those of empty writes too`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        var order: [Int] = []
        for (index, count) in [3, 0, 40_000, 0, 0, 1].enumerated() {
            let write = pair.client.channel.write(ByteBuffer(bytes: pattern(count)))
            write.assumeIsolated().whenSuccess { order.append(index) }
        }
        #expect(order.isEmpty)
        pair.client.channel.flush()
        #expect(order == [0, 1, 2, 3, 4, 5])
        try pair.settle()
        #expect(pair.server.journal.plaintext.count == 40_004)
    }

    @Test func `what isn't flushed isn't sent`() throws {
        let pair = try EmbeddedPair.established()
        let write = pair.client.outcome(of: pair.client.channel.write(ByteBuffer(bytes: [1, 2])))
        try pair.settle()
        #expect(write.result == nil && pair.server.journal.plaintext.isEmpty)
        pair.client.channel.flush()
        try pair.settle()
        #expect(write.isSuccess && pair.server.journal.plaintext == [1, 2])
    }

    @Test func `an empty flush sends nothing`() throws {
        let pair = try EmbeddedPair.established()
        pair.client.channel.flush()
        #expect(try pair.client.channel.readOutbound(as: ByteBuffer.self) == nil)
    }

    @Test func `many small writes go to the channel in one buffer`() throws {
        let pair = try EmbeddedPair.established()
        for _ in 0..<100 { pair.client.channel.write(ByteBuffer(bytes: [7]), promise: nil) }
        pair.client.channel.flush()
        #expect(try pair.client.channel.readOutbound(as: ByteBuffer.self) != nil)
        #expect(try pair.client.channel.readOutbound(as: ByteBuffer.self) == nil)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a channel without room is given nothing, and its writability is passed on`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        pair.client.channel.isWritable = false
        pair.client.channel.pipeline.fireChannelWritabilityChanged()
        let bytes = pattern(300_000)
        let write = pair.client.outcome(of: pair.client.send(bytes))
        #expect(try pair.client.takeCiphertext().isEmpty)
        pair.client.channel.isWritable = true
        pair.client.channel.pipeline.fireChannelWritabilityChanged()
        try pair.settle()
        #expect(write.isSuccess && pair.server.journal.plaintext == bytes)
        #expect(pair.client.journal.turningPoints.suffix(2) == [.writable(false), .writable(true)])
    }

    @Test func `a channel that fills up is given a few buffers and the rest later`() throws {
        let pair = try EmbeddedPair.established()
        let gate = WritabilityGate(bytesMax: 100_000)
        try pair.client.channel.pipeline.syncOperations.addHandler(gate, position: .first)
        let bytes = pattern(1_000_000)
        let write = pair.client.outcome(of: pair.client.send(bytes))
        #expect(gate.byteCount < 100_000 + 2 * 64 * 1024 && write.result == nil)
        while write.result == nil {
            gate.byteCount = 0
            pair.client.channel.isWritable = true
            try pair.settle()
            pair.client.channel.pipeline.fireChannelWritabilityChanged()
        }
        try pair.settle()
        #expect(pair.server.journal.plaintext == bytes)
    }

    @Test func `a write of the channel that fails fails the promises`() throws {
        let pair = try EmbeddedPair.established()
        try pair.client.channel.pipeline.syncOperations.addHandler(BrokenOutput(), position: .first)
        let writes = (0..<3).map { _ in pair.client.outcome(of: pair.client.send([1])) }
        #expect(writes.filter { $0.error as? ChannelError == .eof }.count == 3)
    }

    @Test func `a promise that fails may write again`() throws {
        let pair = try EmbeddedPair.established()
        let channel = pair.client.channel
        var isSecondFailed = false
        channel.write(ByteBuffer(bytes: [1])).assumeIsolated().whenFailure { _ in
            channel.writeAndFlush(ByteBuffer(bytes: [2])).assumeIsolated().whenFailure { _ in isSecondFailed = true }
        }
        channel.pipeline.fireChannelInactive()
        #expect(isSecondFailed)
    }
}

/// Makes its channel unwritable once that many bytes were written.
private final class WritabilityGate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    var byteCount = 0
    private let bytesMax: Int

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        byteCount += unwrapOutboundIn(data).readableBytes
        if byteCount >= bytesMax { (context.channel as? EmbeddedChannel)?.isWritable = false }
        context.write(data, promise: promise)
    }
}

/// Fails each write.
private final class BrokenOutput: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.eof)
    }
}
