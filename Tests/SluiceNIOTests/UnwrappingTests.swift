import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

struct UnwrappingTests {
    @Test(arguments: TLSVersion.allCases)
    func `whoever closed the output learns that TLS goes before it`(version: TLSVersion) throws {
        let pair = try EmbeddedPair(version)
        try pair.connect()
        let early = pair.client.outcome(of: pair.client.channel.close(mode: .output))
        let gone = pair.client.channel.eventLoop.makePromise(of: Void.self)
        pair.client.handler.stopTLS(promise: gone)
        let late = pair.client.outcome(of: pair.client.channel.close(mode: .output))
        let unwrapped = pair.client.outcome(of: gone.futureResult)
        try pair.settle()
        #expect(pair.server.handler.summary?.version == version)
        pair.server.handler.stopTLS(promise: nil)
        try pair.settle()
        #expect(unwrapped.isSuccess)
        #expect((early.error as? TLSHandlerError)?.code == .unwrapped)
        #expect((late.error as? TLSHandlerError)?.code == .unwrapped)
    }

    @Test(arguments: TLSVersion.allCases, [Int.max, 1])
    func `both ends go back to plaintext`(version: TLSVersion, cut: Int) throws {
        let pair = try EmbeddedPair.established(version)
        let outcomes = [pair.client, pair.server].map { stop($0) }
        try pair.settle(cut: cut)
        #expect(outcomes.filter(\.isSuccess).count == 2)
        pair.client.send(Array("plain".utf8))
        #expect(try pair.client.takeCiphertext() == Array("plain".utf8))
        #expect(pair.client.channel.isActive && pair.server.channel.isActive)
        for end in [pair.client, pair.server] { #expect(end.journal.turningPoints.last == .shutdown) }
    }

    @Test(arguments: TLSVersion.allCases)
    func `what follows the peer's close_notify is fired as it is`(version: TLSVersion) throws {
        let pair = try EmbeddedPair.established(version)
        let client = stop(pair.client)
        _ = stop(pair.server)
        // The server's close_notify, and plaintext right behind it in one piece.
        let goodbye = try pair.server.takeCiphertext()
        pair.client.receive(goodbye + pattern(50_000))
        #expect(client.isSuccess)
        #expect(pair.client.journal.plaintext == pattern(50_000))
        pair.client.receive([1, 2, 3])
        #expect(pair.client.journal.plaintext.suffix(3) == [1, 2, 3])
    }

    @Test func `what was flushed before goes out in TLS, what wasn't fails`() throws {
        let pair = try EmbeddedPair.established()
        pair.client.send([1, 2])
        let unflushed = pair.client.outcome(of: pair.client.channel.write(ByteBuffer(bytes: [3])))
        _ = stop(pair.client)
        _ = stop(pair.server)
        try pair.settle()
        #expect(pair.server.journal.plaintext == [1, 2])
        #expect((unflushed.error as? TLSHandlerError)?.code == .unwrapped)
    }

    @Test func `a peer that doesn't answer leaves the channel to itself after the timeout`() throws {
        let pair = try EmbeddedPair.established()
        let outcome = stop(pair.client)
        pair.loop.advanceTime(by: .seconds(5))
        #expect((outcome.error as? TLSHandlerError)?.code == .shutdownTimedOut)
        #expect((pair.client.journal.errors.last as? TLSHandlerError)?.code == .shutdownTimedOut)
        #expect(pair.client.channel.isActive)
        #expect(throws: ChannelPipelineError.self) {
            try pair.client.channel.pipeline.syncOperations.handler(type: TLSClientHandler.self)
        }
    }

    @Test func `stopping twice is the same as once`() throws {
        let pair = try EmbeddedPair.established()
        let outcomes = [stop(pair.client), stop(pair.client), stop(pair.server)]
        try pair.settle()
        #expect(outcomes.filter(\.isSuccess).count == 3)
    }

    @Test func `a channel that closes meanwhile fails the promise`() throws {
        let pair = try EmbeddedPair.established()
        let outcome = stop(pair.client)
        pair.client.channel.pipeline.fireChannelInactive()
        #expect((outcome.error as? TLSError)?.code == .truncated)
        let late = stop(pair.client)
        #expect((late.error as? TLSHandlerError)?.code == .alreadyClosed)
    }

    @Test func `closing goes before unwrapping`() throws {
        let pair = try EmbeddedPair.established()
        let outcome = stop(pair.client)
        let close = pair.client.outcome(of: pair.client.channel.close())
        #expect((outcome.error as? TLSHandlerError)?.code == .alreadyClosed)
        try pair.settle()
        #expect(close.isSuccess && !pair.client.channel.isActive)
    }

    @Test func `a handler that never began goes at once`() throws {
        let pair = try EmbeddedPair()
        let outcome = stop(pair.client)
        #expect(outcome.isSuccess)
    }

    @Test func `a handler that is removed fails what waits`() throws {
        let pair = try EmbeddedPair.established()
        let write = pair.client.outcome(of: pair.client.channel.write(ByteBuffer(bytes: [1])))
        let close = pair.client.outcome(of: pair.client.channel.close())
        _ = pair.client.channel.pipeline.syncOperations.removeHandler(pair.client.handler)
        #expect((write.error as? TLSHandlerError)?.code == .removed)
        #expect((close.error as? TLSHandlerError)?.code == .removed)
        // No timer is left that could call back.
        pair.loop.advanceTime(by: .hours(1))
        #expect(pair.client.channel.isActive)
    }

    private func stop(_ end: EmbeddedEnd) -> Outcome {
        let promise = end.channel.eventLoop.makePromise(of: Void.self)
        let outcome = end.outcome(of: promise.futureResult)
        end.handler.stopTLS(promise: promise)
        return outcome
    }
}
