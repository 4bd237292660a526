import NIOCore
import Programs
import Sluice
import SluiceNIO
import Synchronization
import Testing

/// Sluice's handlers and swift-nio-ssl's, on the two ends of one connection.
@Suite(.timeLimit(.minutes(10)))
struct NIOSSLTests {
    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `they agree on a protocol`(pairing: Pairing, version: TLSVersion) async throws {
        let settings = Settings(version: version, clientProtocols: ["h2", "http/1.1"], serverProtocols: ["http/1.1"])
        let pair = try await Pair.connected(pairing, settings)
        try await pair.establish()
        for end in [pair.client, pair.server] {
            #expect(try await end.ask(\.entries) == [.handshake("http/1.1")])
        }
        await pair.finish()
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `megabytes go both ways at once`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version))
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

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a client says who it is`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(
            pairing,
            Settings(version: version, isClientAsked: true, isClientKnown: true)
        )
        try await pair.client.send([1, 2])
        try await pair.server.wait { $0.plaintext == [1, 2] }
        await pair.finish()
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a client that doesn't say who it is is refused`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version, isClientAsked: true))
        try await pair.server.channel.closeFuture.get()
        try await pair.client.channel.closeFuture.get()
        for end in [pair.client, pair.server] { #expect(try await end.ask { !$0.errors.isEmpty }) }
        #expect(try await pair.server.ask { !$0.isEstablished })
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a server that isn't trusted learns why`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version, clientRoot: "stranger.pem"))
        try await pair.server.channel.closeFuture.get()
        try await pair.client.channel.closeFuture.get()
        let words = try await pair.server.ask { $0.errors.map { String(describing: $0) }.joined() }
        // OpenSSL's client sends this alert in the clear in TLS 1.3, which BoringSSL takes for a broken record.
        let isReadable = pairing.server == .sluice || version == .tls12
        #expect(!isReadable || words.lowercased().contains("unknown_ca"), "\(words)")
        #expect(!words.isEmpty)
        #expect(try await pair.client.ask { !$0.errors.isEmpty && !$0.isEstablished })
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a client without a common protocol is refused by Sluice`(pairing: Pairing, version: TLSVersion) async throws {
        let settings = Settings(version: version, clientProtocols: ["h2"], serverProtocols: ["http/1.1"])
        let pair = try await Pair.connected(pairing, settings)
        guard pairing.server == .sluice else {
            // swift-nio-ssl goes on without one.
            try await pair.establish()
            #expect(try await pair.client.ask(\.entries) == [.handshake(nil)])
            return await pair.finish()
        }
        try await pair.client.channel.closeFuture.get()
        let words = try await pair.client.ask { $0.errors.map { String(describing: $0) }.joined() }
        #expect(words.contains("NO_APPLICATION_PROTOCOL"), "\(words)")
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a client closes, and both ends are clean`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version))
        try await close(pair.client, far: pair.server, of: pair)
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a server closes, and both ends are clean`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version))
        try await close(pair.server, far: pair.client, of: pair)
    }

    private func close(_ near: End, far: End, of pair: Pair) async throws {
        try await pair.establish()
        try await near.send(pattern(300_000))
        try await near.channel.close()
        try await far.channel.closeFuture.get()
        #expect(try await far.ask(\.plaintext) == pattern(300_000))
        for end in [near, far] {
            #expect(try await end.ask { $0.entries.suffix(2) } == [.shutdown, .inactive])
        }
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `an end without close_notify is an error on the other side`(
        pairing: Pairing,
        version: TLSVersion
    ) async throws {
        for isClient in [true, false] {
            let pair = try await Pair.connected(pairing, Settings(version: version))
            try await pair.establish()
            let (near, far) = isClient ? (pair.client, pair.server) : (pair.server, pair.client)
            try await near.send(pattern(100_000))
            try await near.dropTLS()
            try await near.channel.close()
            try await far.channel.closeFuture.get()
            #expect(try await far.ask(\.plaintext) == pattern(100_000))
            #expect(try await far.ask { $0.errors.count } == 1)
        }
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `a client that has closed its output still reads the answer`(
        pairing: Pairing,
        version: TLSVersion
    ) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version), isHalfClosureAllowed: true)
        try await pair.establish()
        try await pair.client.send(pattern(100_000))
        try await pair.client.channel.close(mode: .output)
        try await pair.server.wait { $0.entries.contains(.inputClosed) }
        #expect(try await pair.server.ask(\.plaintext) == pattern(100_000))
        try await pair.server.send(pattern(200_000))
        try await pair.server.channel.close()
        try await pair.client.channel.closeFuture.get()
        #expect(try await pair.client.ask(\.plaintext) == pattern(200_000))
        for end in [pair.client, pair.server] { #expect(try await end.ask { $0.errors.isEmpty }) }
    }

    @Test(arguments: Pairing.allCases, TLSVersion.allCases)
    func `both go back to plaintext`(pairing: Pairing, version: TLSVersion) async throws {
        let pair = try await Pair.connected(pairing, Settings(version: version))
        try await pair.establish()
        async let client: Void = pair.client.stopTLS()
        async let server: Void = pair.server.stopTLS()
        _ = try await (client, server)
        try await pair.client.send(pattern(1000))
        try await pair.server.wait { $0.plaintext == pattern(1000) }
        #expect(try await pair.client.ask(\.errors.isEmpty))
        await pair.finish()
    }

    @Test(arguments: TLSVersion.allCases)
    func `Sluice resumes with a server of swift-nio-ssl`(version: TLSVersion) async throws {
        let pairing = Pairing(client: .sluice, server: .nioSSL)
        let events = EventList()
        var settings = Settings(version: version)
        settings.observer = { events.append($0) }
        let server = try settings.serverHandlers(.nioSSL)
        for isResumed in [false, true] {
            let pair = try await Pair.connected(pairing, settings, by: server)
            try await pair.establish()
            try await pair.server.send([1])
            try await pair.client.wait { $0.plaintext == [1] }
            #expect(events.isResumed == [isResumed])
            try await pair.client.channel.close()
            let session = events.takeSession()
            // A resumption in TLS 1.2 may bring no new one.
            #expect(session != nil || isResumed)
            settings.session = session
        }
    }
}

/// What an engine told.
private final class EventList: Sendable {
    private let events = Mutex<[TLSEvent]>([])

    /// Of each handshake, whether it was a resumption.
    var isResumed: [Bool] {
        events.withLock(\.self).compactMap { event -> Bool? in
            guard case .handshakeCompleted(let summary) = event else { return nil }
            return summary.isResumed
        }
    }

    func append(_ event: TLSEvent) { events.withLock { $0.append(event) } }

    /// The latest session. What was told until now is forgotten.
    func takeSession() -> TLSSession? {
        events.withLock { events in
            defer { events = [] }
            return events.compactMap { event -> TLSSession? in
                guard case .sessionReceived(let session) = event else { return nil }
                return session
            }.last
        }
    }
}
