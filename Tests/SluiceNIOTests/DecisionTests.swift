import Fixtures
import NIOCore
import NIOEmbedded
import Sluice
import SluiceNIO
import Testing

struct DecisionTests {
    @Test(arguments: TLSVersion.allCases)
    func `a ClientHello is answered in time, and bytes wait meanwhile`(version: TLSVersion) throws {
        let question = Question<ClientHelloAnswer>()
        let pair = try EmbeddedPair(
            version,
            server: serverContext { $0.parameters.decisions = .clientHello },
            serverConfiguration: .deciding { $0.clientHello = { _, loop in question.ask(on: loop) } }
        )
        try pair.connect()
        try pair.settle()
        #expect(pair.server.handler.summary == nil)
        question.promise?.succeed(.useIdentity(try identity(Fixtures.serverRSA)))
        pair.client.send([1, 2])
        try pair.settle()
        #expect(pair.client.handler.summary?.peerCertificates.first == (try identity(Fixtures.serverRSA).leaf))
        #expect(pair.server.journal.plaintext == [1, 2])
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client presents what it decides on`(version: TLSVersion) throws {
        let client = try identity(Fixtures.client)
        let pair = try EmbeddedPair(
            version,
            client: clientContext(version) { $0.parameters.decisions = .clientIdentity },
            server: serverContext { $0.clientAuthentication = .required(.roots(try .pem(Fixtures.root))) },
            clientConfiguration: .deciding {
                $0.clientIdentity = { _, loop in loop.makeSucceededFuture(.present(client)) }
            }
        )
        try pair.connect()
        try pair.settle()
        #expect(pair.server.handler.summary?.peerCertificates.first == client.leaf)
    }

    @Test(arguments: TLSVersion.allCases, Verdict.allCases)
    func `a client's verdict on its server is final`(version: TLSVersion, verdict: Verdict) throws {
        let question = Question<PeerCertificateAnswer>()
        let pair = try EmbeddedPair(
            version,
            client: clientContext(version, trusting: Fixtures.stranger) {
                $0.parameters.decisions = .peerCertificate
            },
            clientConfiguration: .deciding { $0.peerCertificate = { _, loop in question.ask(on: loop) } }
        )
        try pair.connect()
        pair.client.send([1])
        try pair.settle()
        #expect(pair.client.handler.summary == nil)
        switch verdict {
        case .accept: question.promise?.succeed(.accept)
        case .reject: question.promise?.succeed(.reject(.certificateRevoked))
        case .fail: question.promise?.fail(ChannelError.eof)
        }
        try pair.settle()
        #expect(pair.server.journal.plaintext == (verdict == .accept ? [1] : []))
        #expect(pair.client.channel.isActive == (verdict == .accept))
        #expect(pair.client.journal.errors.count == verdict.errorCount)
    }

    @Test func `a question that nobody answers ends the connection`() throws {
        let pair = try EmbeddedPair(server: serverContext { $0.parameters.decisions = .clientHello })
        try pair.connect()
        try pair.settle()
        #expect(!pair.server.channel.isActive)
        #expect((pair.server.journal.errors.first as? TLSHandlerError)?.code == .undecided)
        #expect(pair.client.journal.tlsErrors.first?.alert?.description == .internalError)
    }

    @Test(arguments: [true, false])
    func `an answer that comes too late is of no effect`(isRemoved: Bool) throws {
        let question = Question<ClientHelloAnswer>()
        let pair = try EmbeddedPair(
            server: serverContext { $0.parameters.decisions = .clientHello },
            serverConfiguration: .deciding { $0.clientHello = { _, loop in question.ask(on: loop) } }
        )
        try pair.connect()
        try pair.settle()
        if isRemoved {
            pair.server.channel.pipeline.syncOperations.removeHandler(pair.server.handler, promise: nil)
        } else {
            pair.server.channel.close(promise: nil)
        }
        question.promise?.succeed(.proceed)
        try pair.settle()
        #expect(pair.server.handler.summary == nil)
    }

    @Test func `a peer that goes during a decision is told as truncation`() throws {
        let question = Question<ClientHelloAnswer>()
        let pair = try EmbeddedPair(
            server: serverContext { $0.parameters.decisions = .clientHello },
            serverConfiguration: .deciding { $0.clientHello = { _, loop in question.ask(on: loop) } }
        )
        try pair.connect()
        try pair.settle()
        pair.server.channel.pipeline.fireChannelInactive()
        question.promise?.succeed(.proceed)
        #expect(pair.server.journal.turningPoints == [.active, .error("truncated"), .inactive])
        #expect(pair.server.journal.tlsErrors.first?.isDuringHandshake == true)
    }

    @Test func `a decision that takes too long ends with the handshake's time`() throws {
        let question = Question<ClientHelloAnswer>()
        let pair = try EmbeddedPair(
            server: serverContext { $0.parameters.decisions = .clientHello },
            serverConfiguration: .deciding { $0.clientHello = { _, loop in question.ask(on: loop) } }
        )
        try pair.connect()
        try pair.settle()
        pair.loop.advanceTime(by: .seconds(30))
        #expect(!pair.server.channel.isActive)
        question.promise?.succeed(.proceed)
        #expect((pair.server.journal.errors.first as? TLSHandlerError)?.code == .handshakeTimedOut)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an observer is told what the engine tells`(version: TLSVersion) throws {
        let events = EventList()
        var configuration = TLSHandlerConfiguration()
        configuration.observer = { events.append($0) }
        let context = try clientContext(version) { $0.parameters.observations = .keyLog }
        let pair = try EmbeddedPair(version, client: context, clientConfiguration: configuration)
        try pair.connect()
        try pair.settle()
        #expect(events.all.contains { if case .keyLogLine = $0 { true } else { false } })
        #expect(!events.sessions.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session is resumed`(version: TLSVersion) throws {
        let events = EventList()
        var configuration = TLSHandlerConfiguration()
        configuration.observer = { events.append($0) }
        let (client, server) = (try clientContext(version), try serverContext())
        let first = try EmbeddedPair(client: client, server: server, clientConfiguration: configuration)
        try first.connect()
        try first.settle()
        first.client.channel.close(promise: nil)
        try first.settle()
        let session = try #require(events.sessions.last)
        let second = try EmbeddedPair(client: client, server: server, resuming: session)
        try second.connect()
        try second.settle()
        #expect(second.client.handler.summary?.isResumed == true)
    }
}

/// What a test has an owner answer.
enum Verdict: CaseIterable {
    case accept, reject, fail

    var errorCount: Int {
        switch self {
        case .accept: 0
        case .reject: 1
        case .fail: 2
        }
    }
}

extension TLSHandlerConfiguration {
    static func deciding(_ change: (inout TLSDecisionMakers) -> Void) -> TLSHandlerConfiguration {
        var configuration = TLSHandlerConfiguration()
        change(&configuration.decisions)
        return configuration
    }
}
