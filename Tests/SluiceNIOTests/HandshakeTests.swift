import Fixtures
import NIOCore
import NIOEmbedded
import NIOTLS
import Sluice
import SluiceNIO
import Testing

struct HandshakeTests {
    @Test(arguments: TLSVersion.allCases, [Int.max, 1, 7, 1000])
    func `a handshake completes however the bytes are cut`(version: TLSVersion, cut: Int) throws {
        let pair = try EmbeddedPair(version)
        try pair.connect()
        try pair.settle(cut: cut)
        for end in [pair.client, pair.server] {
            #expect(end.handler.summary?.version == version)
            #expect(end.journal.entries == [.active, .summary, .handshake(nil)])
        }
    }

    @Test(arguments: TLSVersion.allCases, [Int.max, 1, 999])
    func `plaintext goes both ways however the bytes are cut`(version: TLSVersion, cut: Int) throws {
        let pair = try EmbeddedPair.established(version)
        let (up, down) = (pattern(20_000), pattern(17_000))
        pair.client.send(up)
        pair.server.send(down)
        try pair.settle(cut: cut)
        #expect(pair.server.journal.plaintext == up)
        #expect(pair.client.journal.plaintext == down)
    }

    @Test(arguments: TLSVersion.allCases)
    func `what was flushed before the handshake goes out after it`(version: TLSVersion) throws {
        let pair = try EmbeddedPair(version)
        pair.client.send(Array("early".utf8))
        try pair.connect()
        pair.client.send(Array(", bird".utf8))
        try pair.settle()
        #expect(pair.server.journal.plaintext == Array("early, bird".utf8))
    }

    @Test func `a handler begins at once on a channel that is active`() throws {
        let loop = EmbeddedEventLoop()
        let channel = EmbeddedChannel(loop: loop)
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "/embedded"), promise: nil)
        try channel.pipeline.syncOperations.addHandler(TLSClientHandler(context: clientContext()))
        let hello = try channel.readOutbound(as: ByteBuffer.self)
        #expect(hello?.getInteger(at: 0, as: UInt8.self) == 22)
        _ = try? channel.finish()
    }

    @Test(arguments: TLSVersion.allCases)
    func `the protocol is in the event that negotiation handlers wait for`(version: TLSVersion) throws {
        let pair = try EmbeddedPair(
            version,
            client: clientContext(version) { $0.parameters.applicationProtocols = ["h2", "http/1.1"] },
            server: serverContext { $0.parameters.applicationProtocols = ["http/1.1"] }
        )
        try pair.connect()
        try pair.settle()
        #expect(pair.client.journal.entries.last == .handshake("http/1.1"))
        #expect(pair.server.journal.entries.last == .handshake("http/1.1"))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a certificate that isn't trusted ends both channels with the alert`(version: TLSVersion) throws {
        let pair = try EmbeddedPair(version, client: clientContext(version, trusting: Fixtures.stranger))
        try pair.connect()
        try pair.settle()
        #expect(pair.client.journal.turningPoints == [.active, .error("verificationFailed"), .inactive])
        let error = try #require(pair.client.journal.tlsErrors.first)
        #expect(error.alert == TLSError.Alert(.unknownCA, sentBy: .local))
        let answer = try #require(pair.server.journal.tlsErrors.first)
        #expect(answer.alert == TLSError.Alert(.unknownCA, sentBy: .peer))
        #expect(!pair.server.channel.isActive)
    }

    @Test func `a message that can't be ends a server's channel with an alert before the error`() throws {
        let pair = try EmbeddedPair()
        try pair.server.connect()
        var alert: [UInt8] = []
        pair.server.journal.reaction = { [unowned end = pair.server] _, entry in
            if case .error = entry { alert = (try? end.takeCiphertext()) ?? [] }
        }
        pair.server.receive([22, 3, 1, 0, 4, 99, 0, 0, 0])
        #expect(alert.first == 21)
        #expect(pair.server.journal.turningPoints == [.active, .error("protocolViolation"), .inactive])
    }

    @Test func `a handshake that takes too long ends the channel`() throws {
        let pair = try EmbeddedPair()
        try pair.connect()
        pair.loop.advanceTime(by: .seconds(29))
        #expect(pair.client.channel.isActive)
        let write = pair.client.outcome(of: pair.client.send([1]))
        pair.loop.advanceTime(by: .seconds(1))
        #expect(!pair.client.channel.isActive)
        #expect((pair.client.journal.errors.first as? TLSHandlerError)?.code == .handshakeTimedOut)
        #expect((write.error as? TLSHandlerError)?.code == .handshakeTimedOut)
    }

    @Test func `a handshake may take as long as it likes`() throws {
        var configuration = TLSHandlerConfiguration()
        configuration.handshakeTimeout = nil
        let pair = try EmbeddedPair(clientConfiguration: configuration)
        try pair.client.connect()
        pair.loop.advanceTime(by: .hours(100))
        #expect(pair.client.channel.isActive)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a peer that goes during the handshake is told as truncation`(version: TLSVersion) throws {
        let pair = try EmbeddedPair(version)
        try pair.connect()
        let write = pair.client.outcome(of: pair.client.send([1]))
        pair.client.channel.pipeline.fireChannelInactive()
        #expect(pair.client.journal.turningPoints == [.active, .error("truncated"), .inactive])
        #expect(pair.client.journal.tlsErrors.first?.isDuringHandshake == true)
        #expect((write.error as? TLSError)?.code == .truncated)
    }
}
