import Fixtures
import Sluice
import Testing

/// Servers that share ticket keys, and what their sessions are for.
struct SessionContextTests {
    /// How a second connection ended that offers the last session of a first one.
    private func second(
        _ version: TLSVersion,
        client: TLSClientConfiguration? = nil,
        after first: TLSEngine.Maker,
        at second: TLSEngine.Maker
    ) throws -> EnginePair.Outcome {
        let client = try TLSContext(client ?? .fixture(version))
        var made = EnginePair(try TLSEngine(client), try first.make())
        try first.answer(&made)
        _ = made.exchange(fromClient: [1], fromServer: [2])
        let sessions = made.clientSessions()
        let session = try #require(sessions.last)
        var resumed = EnginePair(try TLSEngine(client, resuming: session), try second.make())
        try second.answer(&resumed)
        let read = resumed.exchange(fromClient: [3, 4], fromServer: [5])
        #expect(read.server == [3, 4] && read.client == [5])
        return resumed.outcome()
    }

    private static func server(
        _ version: TLSVersion,
        _ context: [UInt8],
        _ change: (inout TLSServerConfiguration) -> Void = { _ in }
    ) throws -> TLSServerConfiguration {
        let key = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        return .fixture(version) {
            $0.sessions.ticketKeys = [key]
            $0.sessions.context = context
            change(&$0)
        }
    }

    /// What two servers say that their sessions are for.
    private static let contexts: [(first: [UInt8], second: [UInt8])] = [
        ([], []), ([1], [1]), ([1], [2]), ([], [1]), ([1], []), ([1], [1, 0]), ([], [0]),
        (Array(repeating: 7, count: 33), Array(repeating: 7, count: 33)),
    ]

    @Test(arguments: TLSVersion.allCases, contexts)
    func `a session is resumed where it is for the same`(
        version: TLSVersion,
        contexts: (first: [UInt8], second: [UInt8])
    ) throws {
        let outcome = try second(
            version,
            after: .init(Self.server(version, contexts.first)),
            at: .init(Self.server(version, contexts.second))
        )
        #expect(outcome.client.failure == nil && outcome.server.failure == nil)
        #expect(outcome.client.summary?.isResumed == (contexts.first == contexts.second))
        #expect(outcome.server.summary?.isResumed == (contexts.first == contexts.second))
    }

    @Test(arguments: TLSVersion.allCases, contexts)
    func `so it is where clients present certificates`(
        version: TLSVersion,
        contexts: (first: [UInt8], second: [UInt8])
    ) throws {
        func server(_ context: [UInt8]) throws -> TLSEngine.Maker {
            try .init(Self.server(version, context) { $0.clientAuthentication = .required(.roots(.fixture)) })
        }
        let outcome = try second(
            version,
            client: .fixture(version) { $0.identity = .fixture(Fixtures.client) },
            after: server(contexts.first),
            at: server(contexts.second)
        )
        #expect(outcome.server.summary?.isResumed == (contexts.first == contexts.second))
        #expect(outcome.server.summary?.peerCertificates.first == TLSIdentity.fixture(Fixtures.client).leaf)
    }

    @Test(arguments: TLSVersion.allCases, contexts)
    func `so it is where a ClientHello chooses the context`(
        version: TLSVersion,
        contexts: (first: [UInt8], second: [UInt8])
    ) throws {
        let asking = try Self.server(version, [9]) { $0.parameters.decisions = .clientHello }
        let outcome = try second(
            version,
            after: .init(asking, chosen: Self.server(version, contexts.first)),
            at: .init(asking, chosen: Self.server(version, contexts.second))
        )
        #expect(outcome.server.summary?.isResumed == (contexts.first == contexts.second))
    }

    @Test func `one context's cache keeps sessions apart that are for other things`() throws {
        let asking = try Self.server(.tls12, [9]) {
            $0.parameters.decisions = .clientHello
            $0.sessions.ticketCount = 0
        }
        let shared = try TLSContext(asking)
        for other: [UInt8] in [[1], [2]] {
            func maker(_ context: [UInt8]) throws -> TLSEngine.Maker {
                try .init(shared, chosen: Self.server(.tls12, context) { $0.sessions.ticketCount = 0 })
            }
            let outcome = try second(.tls12, after: maker([1]), at: maker(other))
            #expect(outcome.server.summary?.isResumed == (other == [1]))
        }
    }
}

extension TLSEngine {
    /// Makes a server, and answers its ClientHello with another context if there is one.
    fileprivate struct Maker {
        let context: TLSContext
        let chosen: TLSContext?

        init(_ context: TLSContext, chosen: TLSServerConfiguration) throws {
            self.context = context
            self.chosen = try TLSContext(chosen)
        }

        init(_ configuration: TLSServerConfiguration, chosen: TLSServerConfiguration? = nil) throws {
            context = try TLSContext(configuration)
            self.chosen = try chosen.map { configuration throws in try TLSContext(configuration) }
        }

        func make() throws -> TLSEngine { try TLSEngine(context) }

        func answer(_ pair: inout EnginePair) throws {
            pair.settle()
            if let chosen { try pair.server.resolve(ClientHelloAnswer.use(chosen)) }
        }
    }
}
