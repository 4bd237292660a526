import Fixtures
import Sluice
import Testing

@Suite struct `The clock of an engine with a seed` {
    private static let seed = RandomSeed(dangerouslyPredictable: 1)

    @Test(arguments: [
        (Int64(-1_000_000_000), VerificationFailure.Reason.notYetValid), (10_000_000_000, .certificateExpired),
    ])
    func `judges certificates`(offset: Int64, reason: VerificationFailure.Reason) throws {
        var configuration = TLSClientConfiguration.fixture()
        configuration.parameters.time = nil
        let time = UnixTime(secondsSince1970: UnixTime.fixture.secondsSince1970 + offset)
        var pair = EnginePair(
            try TLSEngine(TLSContext(configuration, seed: Self.seed), seed: Self.seed, time: time),
            try TLSEngine(TLSServerConfiguration.fixture())
        )
        pair.settle()
        #expect(pair.clientFailure?.verification?.reason == reason)
    }

    @Test func `goes before the configuration's time`() throws {
        var configuration = TLSClientConfiguration.fixture()
        configuration.parameters.time = 0
        var pair = EnginePair(
            try TLSEngine(TLSContext(configuration, seed: Self.seed), seed: Self.seed, time: .fixture),
            try TLSEngine(TLSServerConfiguration.fixture())
        )
        pair.settle()
        #expect(pair.clientFailure == nil)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [(Int64(7199), true), (7200, true), (7201, false)])
    func `lets a ticket expire on the server`(version: TLSVersion, age: (seconds: Int64, isResumed: Bool)) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version), seed: Self.seed)
        let session = try session(from: server, version)
        // The client's clock stands still, so it offers the session whatever its age.
        let summary = try resume(session, with: server, version, clientAge: 0, serverAge: age.seconds)
        #expect(summary.isResumed == age.isResumed)
    }

    @Test(arguments: [TLSVersion.tls12, .tls13], [(Int64(7200), true), (7201, false)])
    func `lets a session expire on the client`(version: TLSVersion, age: (seconds: Int64, isResumed: Bool)) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version), seed: Self.seed)
        let session = try session(from: server, version)
        let summary = try resume(session, with: server, version, clientAge: age.seconds, serverAge: 0)
        #expect(summary.isResumed == age.isResumed)
    }

    @Test func `tells a server how old a ticket is`() throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(.tls13), seed: Self.seed)
        let session = try session(from: server, .tls13)
        let young = try obfuscatedAge(of: session, afterSeconds: 0)
        // libssl tells one second less, so that no server sees an age above its own.
        for seconds in [Int64(1), 2, 60, 7000] {
            let age = try obfuscatedAge(of: session, afterSeconds: seconds) &- young
            #expect(age == UInt32(seconds - 1) * 1000)
        }
    }

    @Test(arguments: [TLSVersion.tls12, .tls13])
    func `stamps sessions, until it is set`(version: TLSVersion) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version), seed: Self.seed)
        let later = UnixTime(secondsSince1970: UnixTime.fixture.secondsSince1970 + 1_000_000)
        var pair = EnginePair(
            try TLSEngine(
                TLSContext(TLSClientConfiguration.fixture(version), seed: Self.seed),
                seed: Self.seed,
                time: .fixture
            ),
            try TLSEngine(server, seed: Self.seed, time: .fixture)
        )
        pair.client.setTime(later)
        pair.server.setTime(later)
        pair.settle()
        let expiry = try #require(pair.clientSessions().last).expiry
        #expect(expiry.secondsSince1970 == later.secondsSince1970 + 7200)
    }

    @Test(.timeLimit(.minutes(10)), arguments: [Int64.min, -1, 0, .max])
    func `may show any time`(seconds: Int64) throws {
        let time = UnixTime(secondsSince1970: seconds)
        let server = try TLSContext(TLSServerConfiguration.fixture(.tls13), seed: Self.seed)
        let session = try session(from: server, .tls13)
        var pair = EnginePair(
            try TLSEngine(
                TLSContext(TLSClientConfiguration.fixture(.tls13), seed: Self.seed),
                resuming: session,
                seed: Self.seed,
                time: .fixture
            ),
            try TLSEngine(server, seed: Self.seed.derived(for: "other"), time: time)
        )
        pair.settle()
        #expect(pair.serverFailure == nil)
        expect(pair.server.isEstablished)
    }

    @Test(arguments: [Int64.min, -1, 0, .max], [Int64.min, -1, 0, .max])
    func `may show any time where a session is offered`(seconds: Int64, made: Int64) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(.tls13), seed: Self.seed)
        var configuration = TLSClientConfiguration.fixture(.tls13)
        configuration.verification = .dangerouslyNone
        let client = try TLSContext(configuration, seed: Self.seed)
        var pair = EnginePair(
            try TLSEngine(client, seed: Self.seed, time: UnixTime(secondsSince1970: made)),
            try TLSEngine(server, seed: Self.seed, time: .fixture)
        )
        pair.settle()
        let session = try #require(pair.clientSessions().last)
        let time = UnixTime(secondsSince1970: seconds)
        var second = EnginePair(
            try TLSEngine(client, resuming: session, seed: Self.seed.derived(for: "second"), time: time),
            try TLSEngine(server, seed: Self.seed.derived(for: "second"), time: .fixture)
        )
        second.settle()
        #expect(second.clientFailure == nil)
        expect(second.client.isEstablished)
    }

    private func session(from server: TLSContext, _ version: TLSVersion) throws -> TLSSession {
        let client = try TLSContext(TLSClientConfiguration.fixture(version), seed: Self.seed)
        var pair = EnginePair(
            try TLSEngine(client, seed: Self.seed, time: .fixture),
            try TLSEngine(server, seed: Self.seed, time: .fixture)
        )
        pair.settle()
        return try #require(pair.clientSessions().last)
    }

    private func resume(
        _ session: TLSSession,
        with server: TLSContext,
        _ version: TLSVersion,
        clientAge: Int64,
        serverAge: Int64
    ) throws -> HandshakeSummary {
        let client = try TLSContext(TLSClientConfiguration.fixture(version), seed: Self.seed)
        let seed = Self.seed.derived(for: "second")
        var pair = EnginePair(
            try TLSEngine(client, resuming: session, seed: seed, time: .fixture(plus: clientAge)),
            try TLSEngine(server, seed: seed, time: .fixture(plus: serverAge))
        )
        pair.settle()
        return try #require(pair.outcome().client.summary)
    }

    /// `obfuscated_ticket_age` in the ClientHello: the four bytes before the list of binders.
    private func obfuscatedAge(of session: TLSSession, afterSeconds seconds: Int64) throws -> UInt32 {
        let client = try TLSContext(TLSClientConfiguration.fixture(.tls13), seed: Self.seed)
        var engine = try TLSEngine(client, resuming: session, seed: Self.seed, time: .fixture(plus: seconds))
        let hello = engine.drain()
        // The pre_shared_key extension is the last one. Its binders: length (2), one binder's length (1) and its bytes.
        let binderBytes = try #require([32, 48].first { hello[hello.count - $0 - 1] == UInt8($0) })
        let age = hello.dropLast(binderBytes + 3).suffix(4)
        return age.reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension UnixTime {
    fileprivate static func fixture(plus seconds: Int64) -> UnixTime {
        UnixTime(secondsSince1970: UnixTime.fixture.secondsSince1970 + seconds)
    }
}
