import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

struct ReentrancyTests {
    @Test(arguments: TLSVersion.allCases)
    func `an answer written while reading arrives`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        pair.server.journal.reaction = { context, entry in
            guard entry == .read else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: pattern(20_000))), promise: nil)
        }
        pair.client.send([1])
        try pair.settle()
        #expect(pair.client.journal.plaintext == pattern(20_000))
    }

    @Test(arguments: TLSVersion.allCases)
    func `an answer and a close while reading arrive in this order`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        pair.server.journal.reaction = { context, entry in
            guard entry == .read else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: [1, 2])), promise: nil)
            context.close(promise: nil)
        }
        pair.client.send([1])
        try pair.settle()
        #expect(pair.client.journal.plaintext == [1, 2])
        for end in [pair.client, pair.server] {
            #expect(end.journal.turningPoints.suffix(2) == [.shutdown, .inactive])
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a handler removed while reading leaves the rest alone`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        pair.server.journal.reaction = { [handler = pair.server.handler] context, entry in
            guard entry == .read else { return }
            context.pipeline.syncOperations.removeHandler(handler, promise: nil)
        }
        pair.client.send(pattern(100))
        try pair.settle()
        #expect(pair.server.journal.plaintext == pattern(100))
        #expect(pair.server.journal.errors.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases, Journal.Entry.beginnings)
    func `a handler removed while it tells of the handshake says no more`(
        version: TLSVersion,
        moment: Journal.Entry
    ) throws {
        let pair = try EmbeddedPair(version)
        pair.server.journal.reaction = { [handler = pair.server.handler] context, entry in
            guard entry == moment else { return }
            context.pipeline.syncOperations.removeHandler(handler, promise: nil)
        }
        pair.client.send(pattern(100))
        try pair.connect()
        try pair.settle()
        #expect(pair.server.journal.entries.contains(moment))
        #expect(pair.server.journal.errors.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases, Journal.Entry.beginnings)
    func `a channel closed while it is told of the handshake ends`(
        version: TLSVersion,
        moment: Journal.Entry
    ) throws {
        let pair = try EmbeddedPair(version)
        pair.server.journal.reaction = { context, entry in
            if entry == moment { context.close(promise: nil) }
        }
        try pair.connect()
        try pair.settle()
        #expect(!pair.server.channel.isActive)
        #expect(pair.server.journal.entries.filter { $0 == .inactive }.count == 1)
    }

    @Test func `a write in the event of the handshake is the first that arrives`() throws {
        let pair = try EmbeddedPair()
        pair.server.journal.reaction = { context, entry in
            guard entry == .handshake(nil) else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: [1])), promise: nil)
        }
        try pair.connect()
        try pair.settle()
        #expect(pair.client.journal.plaintext == [1])
    }

    @Test func `a flush or a close while an error is told does nothing strange`() throws {
        let pair = try EmbeddedPair.established()
        pair.client.journal.reaction = { context, entry in
            guard case .error = entry else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: [1])), promise: nil)
            context.close(promise: nil)
        }
        pair.client.receive(Array("no TLS record".utf8))
        #expect(pair.client.journal.turningPoints.suffix(2) == [.error("protocolViolation"), .inactive])
    }

    @Test func `a handler removed while an error is told still closes the channel`() throws {
        let pair = try EmbeddedPair.established()
        pair.client.journal.reaction = { [handler = pair.client.handler] context, entry in
            guard case .error = entry else { return }
            context.pipeline.syncOperations.removeHandler(handler, promise: nil)
        }
        pair.client.receive(Array("no TLS record".utf8))
        #expect(!pair.client.channel.isActive)
    }

    @Test(arguments: TLSVersion.allCases)
    func `promises that fail may close, write and flush`(version: TLSVersion) throws {
        for isClosed in [true, false] {
            let pair = try EmbeddedPair.established(version)
            let channel = pair.client.channel
            var failureCount = 0
            for _ in 0..<3 {
                channel.write(ByteBuffer(bytes: [1])).assumeIsolated().whenFailure { _ in
                    failureCount += 1
                    channel.writeAndFlush(ByteBuffer(bytes: [2]), promise: nil)
                    channel.close(promise: nil)
                }
            }
            if isClosed { channel.close(promise: nil) } else { pair.client.handler.stopTLS(promise: nil) }
            try pair.settle()
            pair.server.channel.close(promise: nil)
            try pair.settle()
            #expect(failureCount == 3 && !channel.isActive)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a promise that succeeds may write the next`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        let channel = pair.client.channel
        func sendNext(_ count: Int) {
            guard count > 0 else { return }
            channel.writeAndFlush(ByteBuffer(bytes: [UInt8(count)])).assumeIsolated().whenSuccess {
                sendNext(count - 1)
            }
        }
        sendNext(50)
        try pair.settle()
        #expect(pair.server.journal.plaintext == (1...50).reversed())
    }
}

extension Journal.Entry {
    /// What a handler tells when its handshake has completed, and the moment before.
    static let beginnings: [Journal.Entry] = [.active, .summary, .handshake(nil)]
}
