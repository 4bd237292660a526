import Fixtures
import NIOCore
import NIOPosix
import Sluice
import SluiceNIO
import Testing

@Suite(.timeLimit(.minutes(10)))
struct SocketTests {
    @Test(arguments: TLSVersion.allCases)
    func `megabytes go both ways at once`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version)
        let (up, down) = (pattern(4 << 20), Array(pattern(4 << 20).reversed()))
        async let sentUp: Void = pair.client.send(up)
        async let sentDown: Void = pair.server.send(down)
        _ = try await (sentUp, sentDown)
        try await pair.server.wait { $0.plaintext.count >= up.count }
        try await pair.client.wait { $0.plaintext.count >= down.count }
        #expect(try await pair.server.ask(\.plaintext) == up)
        #expect(try await pair.client.ask(\.plaintext) == down)
        await pair.finish()
    }

    @Test(arguments: TLSVersion.allCases)
    func `a handshake needs no reader`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version, .init(isAutoRead: false))
        try await pair.client.wait { $0.entries.contains(.handshake(nil)) }
        try await pair.server.wait { $0.entries.contains(.handshake(nil)) }
        await pair.finish()
    }

    @Test(arguments: TLSVersion.allCases)
    func `nothing is read for a reader that doesn't read`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version, .init(isAutoRead: false, socketBufferBytes: 1 << 16))
        let bytes = pattern(2 << 20)
        async let sent: Void = pair.client.send(bytes)
        try await pair.client.wait { $0.entries.contains(.writable(false)) }
        try await pair.server.wait { $0.entries.contains(.handshake(nil)) }
        #expect(try await pair.server.ask(\.plaintext).isEmpty)
        // Each turn of reading gives a bounded part of it, and ends.
        var (count, turns) = (0, 0)
        while count < bytes.count {
            pair.server.channel.read()
            let before = turns
            try await pair.server.wait { $0.readCompleteCount > before }
            let total = try await pair.server.ask(\.plaintext.count)
            #expect(total > count && total - count <= 1 << 20)
            (count, turns) = (total, try await pair.server.ask(\.readCompleteCount))
        }
        try await sent
        #expect(try await pair.server.ask(\.plaintext) == bytes)
        await pair.finish()
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client that has closed its output still reads the answer`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version, .init(isHalfClosureAllowed: true))
        let (question, answer) = (pattern(300_000), pattern(500_000))
        pair.client.channel.writeAndFlush(ByteBuffer(bytes: question), promise: nil)
        try await pair.client.channel.close(mode: .output)
        try await pair.server.wait { $0.entries.contains(.inputClosed) }
        #expect(try await pair.server.ask(\.plaintext) == question)
        try await pair.server.send(answer)
        await #expect(throws: ChannelError.self) { try await pair.client.send([1]) }
        // Both closed: that is the end of both channels.
        try await pair.server.channel.close(mode: .output)
        try await pair.client.channel.closeFuture.get()
        try await pair.server.channel.closeFuture.get()
        #expect(try await pair.client.ask(\.plaintext) == answer)
        for end in [pair.client, pair.server] {
            #expect(try await end.ask { $0.errors.isEmpty })
            #expect(try await end.ask { $0.entries.filter { $0 == .inputClosed }.count } == 1)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a server that doesn't allow half-closure closes with its client`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version)
        pair.client.channel.writeAndFlush(ByteBuffer(bytes: [1, 2]), promise: nil)
        try await pair.client.channel.close(mode: .output)
        try await pair.server.channel.closeFuture.get()
        try await pair.client.channel.closeFuture.get()
        #expect(try await pair.server.ask(\.plaintext) == [1, 2])
        #expect(try await pair.server.ask { $0.errors.isEmpty })
    }

    @Test(arguments: TLSVersion.allCases, [true, false])
    func `a peer that goes without close_notify is told`(version: TLSVersion, isClient: Bool) async throws {
        let pair = try await SocketPair.connected(version)
        let (near, far) = isClient ? (pair.client, pair.server) : (pair.server, pair.client)
        try await near.wait { $0.entries.contains(.handshake(nil)) }
        try await near.send(pattern(100_000))
        try await near.dropTLS()
        try await near.channel.close()
        try await far.channel.closeFuture.get()
        #expect(try await far.ask(\.plaintext) == pattern(100_000))
        #expect(try await far.ask { $0.tlsErrors.map(\.code) } == [.truncated])
    }

    @Test func `a half-closure without close_notify ends the connection`() async throws {
        let pair = try await SocketPair.connected(.tls13, .init(isHalfClosureAllowed: true))
        try await pair.client.wait { $0.entries.contains(.handshake(nil)) }
        try await pair.server.wait { $0.entries.contains(.handshake(nil)) }
        try await pair.client.dropTLS()
        try await pair.client.channel.close(mode: .output)
        try await pair.server.channel.closeFuture.get()
        let end = try await pair.server.ask { $0.turningPoints.suffix(3) }
        #expect(Array(end) == [.error("truncated"), .inputClosed, .inactive])
        await pair.finish()
    }

    @Test(arguments: TLSVersion.allCases, [true, false])
    func `megabytes before a close all arrive`(version: TLSVersion, isClient: Bool) async throws {
        let pair = try await SocketPair.connected(version, .init(socketBufferBytes: 1 << 16))
        let (near, far) = isClient ? (pair.client, pair.server) : (pair.server, pair.client)
        try await near.wait { $0.entries.contains(.handshake(nil)) }
        near.channel.writeAndFlush(ByteBuffer(bytes: pattern(2 << 20)), promise: nil)
        try await near.channel.close()
        try await far.channel.closeFuture.get()
        #expect(try await far.ask(\.plaintext) == pattern(2 << 20))
        #expect(try await far.ask { $0.errors.isEmpty })
        #expect(try await near.ask { $0.errors.isEmpty })
    }

    @Test(arguments: TLSVersion.allCases)
    func `an echo of many small messages comes back in order`(version: TLSVersion) async throws {
        let pair = try await SocketPair.connected(version) { context, entry in
            guard entry == .read else { return }
            let last = (try? context.pipeline.syncOperations.handler(type: Journal.self))?.reads.last ?? []
            context.writeAndFlush(NIOAny(ByteBuffer(bytes: last)), promise: nil)
        }
        let bytes = pattern(5000)
        for byte in bytes { pair.client.channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil) }
        try await pair.client.wait { $0.plaintext.count >= bytes.count }
        #expect(try await pair.client.ask(\.plaintext) == bytes)
        await pair.finish()
    }
}

extension SocketEnd {
    /// Takes TLS off without a word to the peer.
    fileprivate func dropTLS() async throws {
        try await channel.eventLoop.submit {
            channel.pipeline.syncOperations.removeHandler(handler.value)
        }.flatMap(\.self).get()
    }
}

extension Journal {
    /// Ends of reading so far.
    fileprivate var readCompleteCount: Int { entries.filter { $0 == .readComplete }.count }
}
