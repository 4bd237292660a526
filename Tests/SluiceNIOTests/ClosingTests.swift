import Fixtures
import NIOCore
import NIOEmbedded
import NIOTLS
import Sluice
import SluiceNIO
import Testing

struct ClosingTests {
    @Test(arguments: TLSVersion.allCases, [Int.max, 1])
    func `a close waits for the peer's answer, and both ends are clean`(version: TLSVersion, cut: Int) throws {
        let pair = try EmbeddedPair.established(version)
        let close = pair.client.outcome(of: pair.client.channel.close())
        #expect(pair.client.channel.isActive)
        try pair.settle(cut: cut)
        #expect(close.isSuccess)
        for end in [pair.client, pair.server] {
            #expect(end.journal.turningPoints.suffix(2) == [.shutdown, .inactive])
            #expect(end.journal.errors.isEmpty)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `what was flushed before a close arrives, what wasn't fails`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        let bytes = pattern(200_000)
        let flushed = pair.client.outcome(of: pair.client.send(bytes))
        let unflushed = pair.client.outcome(of: pair.client.channel.write(ByteBuffer(bytes: [1])))
        pair.client.channel.close(promise: nil)
        let late = pair.client.outcome(of: pair.client.send([2]))
        try pair.settle()
        #expect(pair.server.journal.plaintext == bytes)
        #expect(flushed.isSuccess)
        #expect(unflushed.error as? ChannelError == .ioOnClosedChannel)
        #expect(late.error as? ChannelError == .ioOnClosedChannel)
    }

    @Test func `a peer that doesn't answer close_notify is left after the timeout`() throws {
        let pair = try EmbeddedPair.established()
        let close = pair.client.outcome(of: pair.client.channel.close())
        pair.loop.advanceTime(by: .seconds(4))
        #expect(pair.client.channel.isActive && close.result == nil)
        pair.loop.advanceTime(by: .seconds(1))
        #expect(!pair.client.channel.isActive && close.isSuccess)
        #expect(pair.client.journal.errors.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a peer that goes without close_notify is told as truncation`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        let write = pair.server.outcome(of: pair.server.channel.write(ByteBuffer(bytes: [1])))
        pair.server.channel.pipeline.fireChannelInactive()
        #expect(pair.server.journal.turningPoints.suffix(2) == [.error("truncated"), .inactive])
        #expect(pair.server.journal.tlsErrors.first?.isDuringHandshake == false)
        #expect((write.error as? TLSError)?.code == .truncated)
    }

    @Test func `a peer that goes instead of answering a close is no error`() throws {
        let pair = try EmbeddedPair.established()
        let close = pair.client.outcome(of: pair.client.channel.close())
        pair.client.channel.pipeline.fireChannelInactive()
        #expect(close.isSuccess)
        #expect(pair.client.journal.errors.isEmpty)
    }

    @Test func `several closes all succeed`() throws {
        let pair = try EmbeddedPair.established()
        let closes = (0..<3).map { _ in pair.client.outcome(of: pair.client.channel.close()) }
        try pair.settle()
        #expect(closes.filter(\.isSuccess).count == 3)
    }

    @Test func `a close before the handshake has completed is immediate`() throws {
        let pair = try EmbeddedPair()
        try pair.connect()
        let write = pair.client.outcome(of: pair.client.send([1]))
        let close = pair.client.outcome(of: pair.client.channel.close())
        #expect(close.isSuccess && !pair.client.channel.isActive)
        #expect(write.error as? ChannelError == .ioOnClosedChannel)
        #expect(pair.client.journal.errors.isEmpty)
    }

    @Test func `a close before the channel is active passes through`() throws {
        let pair = try EmbeddedPair()
        let close = pair.client.outcome(of: pair.client.channel.close())
        #expect(close.isSuccess)
    }

    @Test func `input alone can't be closed`() throws {
        let pair = try EmbeddedPair.established()
        let close = pair.client.outcome(of: pair.client.channel.close(mode: .input))
        #expect(close.error as? ChannelError == .operationUnsupported)
        #expect(pair.client.channel.isActive)
    }

    @Test func `garbage after a close ends the channel`() throws {
        let pair = try EmbeddedPair.established()
        let close = pair.client.outcome(of: pair.client.channel.close())
        pair.client.receive(Array("no TLS record".utf8))
        #expect(!pair.client.channel.isActive && close.result != nil)
        #expect(pair.client.journal.tlsErrors.first?.code == .protocolViolation)
    }
}
