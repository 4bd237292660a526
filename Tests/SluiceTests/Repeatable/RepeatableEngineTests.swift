import Fixtures
import Sluice
import Testing

@Suite struct `Engines with a seed` {
    @Test(arguments: RepeatableRun.all)
    func `come to the same bytes and events again`(run: RepeatableRun) throws {
        let first = try run.transcript()
        #expect(first.clientSent.count > 3000)
        #expect(first.isResumed == (run.resumesAfter != nil))
        let second = try run.transcript()
        #expect(first.clientSent == second.clientSent)
        #expect(first.serverSent == second.serverSent)
        #expect(first == second)
    }

    @Test(arguments: RepeatableRun.all)
    func `are not disturbed by engines between their turns`(run: RepeatableRun) throws {
        let alone = try run.transcript()
        var other = run
        other.seed = 99
        let among = try run.transcript {
            _ = try other.transcript()
            var ordinary = try EnginePair()
            ordinary.settle()
        }
        #expect(alone == among)
    }

    @Test(arguments: RepeatableRun.all)
    func `are not disturbed by engines of the same contexts`(run: RepeatableRun) throws {
        let alone = try run.transcript()
        let contexts = try run.contexts()
        _ = try run.transcript(contexts.client, contexts.server)
        let among = try run.transcript(contexts.client, contexts.server) {
            _ = try run.transcript(contexts.client, contexts.server)
        }
        #expect(alone == among)
    }

    @Test func `come to the same on any thread`() async throws {
        let alone = try RepeatableRun.all.map { try $0.transcript() }
        let many = try await withThrowingTaskGroup(of: [RepeatableRun.Transcript].self) { group in
            for _ in 0..<4 {
                group.addTask { try RepeatableRun.all.map { try $0.transcript() } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(many.count == 4)
        #expect(many.allSatisfy { $0 == alone })
    }

    @Test func `come to the same when another thread goes on`() async throws {
        let run = RepeatableRun(version: .tls13, identity: Fixtures.serverRSA)
        let alone = try run.helloExchange()
        let engine = try run.client()
        let moved = try await Task.detached { [engine = Box(engine)] in try run.helloExchange(engine.take()) }.value
        #expect(alone == moved)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `have nothing in common with those of another seed`(version: TLSVersion) throws {
        var randoms = Set<[UInt8]>()
        for seed in UInt64(0)..<50 {
            var run = RepeatableRun(version: version)
            run.seed = seed
            let transcript = try run.transcript()
            // Record header, message header, version: then 32 bytes of random.
            randoms.insert(Array(transcript.clientSent[11..<43]))
            randoms.insert(Array(transcript.serverSent[11..<43]))
        }
        #expect(randoms.count == 100)
    }

    @Test func `have another stream for each role`() throws {
        let seed = RandomSeed(dangerouslyPredictable: 1)
        var pair = EnginePair(
            try TLSEngine(TLSContext(.client(.fixture()), seed: seed), seed: seed, time: .fixture),
            try TLSEngine(TLSContext(.server(.fixture()), seed: seed), seed: seed, time: .fixture)
        )
        pair.settle()
        #expect(pair.clientSent[11..<43] != pair.serverSent[11..<43])
    }

    @Test func `leave ordinary engines to OpenSSL's generator`() throws {
        var hellos = Set<[UInt8]>()
        for _ in 0..<20 {
            _ = try RepeatableRun().transcript()
            var ordinary = try TLSEngine(TLSClientConfiguration.fixture())
            hellos.insert(Array(ordinary.drain()[11..<43]))
        }
        #expect(hellos.count == 20)
    }

    @Test func `need a context with a seed, and the other way round`() throws {
        let seed = RandomSeed(dangerouslyPredictable: 1)
        let ordinary = try TLSContext(TLSClientConfiguration.fixture())
        let seeded = try TLSContext(TLSClientConfiguration.fixture(), seed: seed)
        expect(.invalidConfiguration) { _ = try TLSEngine(ordinary, seed: seed, time: .fixture) }
        expect(.invalidConfiguration) { _ = try TLSEngine(seeded) }
    }

    @Test func `take no context without a seed for an answer`() throws {
        let seed = RandomSeed(dangerouslyPredictable: 1)
        let asking = TLSServerConfiguration.fixture { $0.parameters.decisions = .clientHello }
        var pair = EnginePair(
            try TLSEngine(TLSClientConfiguration.fixture()),
            try TLSEngine(TLSContext(asking, seed: seed), seed: seed, time: .fixture)
        )
        pair.settle()
        let ordinary = try TLSContext(TLSServerConfiguration.fixture())
        expect(.invalidConfiguration) { try pair.server.resolve(.use(ordinary)) }
    }
}

/// Carries an engine to another thread.
private final class Box: @unchecked Sendable {
    private var engine: TLSEngine?

    init(_ engine: consuming TLSEngine) {
        self.engine = consume engine
    }

    func take() throws -> TLSEngine {
        guard let engine = engine.take() else { throw Gone() }
        return engine
    }

    private struct Gone: Error {}
}

extension RepeatableRun {
    /// A client with a seed, before anything moved.
    fileprivate func client() throws -> TLSEngine {
        try TLSEngine(contexts().client, seed: RandomSeed(dangerouslyPredictable: 5), time: .fixture)
    }

    /// Everything that crosses between a client and a server until the handshake is over.
    fileprivate func helloExchange(_ client: consuming TLSEngine? = nil) throws -> [[UInt8]] {
        let server = try TLSEngine(contexts().server, seed: RandomSeed(dangerouslyPredictable: 6), time: .fixture)
        var pair = EnginePair(try client ?? self.client(), server)
        pair.settle()
        return [pair.clientSent, pair.serverSent]
    }
}
