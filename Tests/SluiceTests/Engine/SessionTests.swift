import Fixtures
import Sluice
import SluiceOpenSSL
import Testing

struct SessionTests {
    /// Connects twice: the second time with the last session of the first. Contexts are shared, as servers do.
    private func resume(
        _ version: TLSVersion,
        client: TLSClientConfiguration? = nil,
        servers: [TLSServerConfiguration]? = nil,
        session change: (TLSSession) throws -> TLSSession = { $0 }
    ) throws -> (first: EnginePair.Outcome, second: EnginePair.Outcome, sessions: [TLSSession]) {
        let configuration = client ?? .fixture(version)
        let contexts = try (servers ?? [.fixture(version)]).map { configuration throws in try TLSContext(configuration)
        }
        let clientContext = try TLSContext(configuration)
        var first = EnginePair(try TLSEngine(clientContext), try TLSEngine(try #require(contexts.first)))
        _ = first.exchange(fromClient: [1], fromServer: [2])
        let sessions = first.clientSessions()
        let session = try change(#require(sessions.last))
        var second = EnginePair(
            try TLSEngine(clientContext, resuming: session),
            try TLSEngine(try #require(contexts.last))
        )
        let read = second.exchange(fromClient: [3, 4], fromServer: [5])
        #expect(second.outcome().client.failure != nil || read.server == [3, 4])
        return (first.outcome(), second.outcome(), sessions)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a ticket resumes`(version: TLSVersion) throws {
        let result = try resume(version)
        #expect(result.first.client.summary?.isResumed == false)
        #expect(result.second.client.summary?.isResumed == true && result.second.server.summary?.isResumed == true)
        #expect(result.second.client.summary?.peerCertificates == result.first.client.summary?.peerCertificates)
        #expect(result.sessions.count == (version == .tls13 ? 2 : 1))
    }

    @Test func `TLS 1.2 resumes by session ID where there are no tickets`() throws {
        let result = try resume(.tls12, servers: [.fixture(.tls12) { $0.sessions.ticketCount = 0 }])
        #expect(result.second.server.summary?.isResumed == true)
    }

    @Test(arguments: TLSVersion.allCases)
    func `without tickets and without a cache nothing resumes`(version: TLSVersion) throws {
        let server = TLSServerConfiguration.fixture(version) {
            $0.sessions.ticketCount = 0
            $0.sessions.cacheSessionsMax = 0
        }
        var pair = try EnginePair(client: .fixture(version), server: server)
        _ = pair.exchange(fromClient: [1], fromServer: [2])
        let isAnySessionUseful = pair.clientEvents().contains { event in
            if case .sessionReceived(let session) = event { session.isResumable(at: .fixture) } else { false }
        }
        #expect(!isAnySessionUseful)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session survives export and import`(version: TLSVersion) throws {
        let result = try resume(version) { session in
            let copy = try TLSSession(exported: session.exported())
            #expect(copy == session && copy.expiry == session.expiry)
            return copy
        }
        #expect(result.second.client.summary?.isResumed == true)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session doesn't change when its connection is cut off`(version: TLSVersion) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        _ = pair.exchange(fromClient: [1], fromServer: [2])
        let sessions = pair.clientSessions()
        #expect(throws: TLSError.self) { try pair.client.feedEOF() }
        for session in sessions { #expect(session.isResumable(at: session.expiry)) }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session of another server is refused`(version: TLSVersion) throws {
        let session = try #require(try resume(version).sessions.last)
        let error = #expect(throws: TLSError.self) {
            _ = try TLSEngine(.fixture(version, serverName: "localhost"), resuming: session)
        }
        #expect(error?.code == .invalidSession && error?.fault == .caller)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an expired session isn't offered`(version: TLSVersion) throws {
        let session = try #require(try resume(version).sessions.last)
        #expect(session.isResumable(at: session.expiry) && !session.isResumable(at: session.expiry.later(by: 1)))
        var pair = EnginePair(
            try TLSEngine(.fixture(version) { $0.parameters.time = session.expiry.later(by: 1) }, resuming: session),
            try TLSEngine(TLSServerConfiguration.fixture(version))
        )
        pair.settle()
        #expect(pair.outcome().client.summary?.isResumed == false)
    }

    @Test(arguments: TLSVersion.allCases, [Int64(0), 1])
    func `the given time counts where nothing is checked, too`(version: TLSVersion, secondsLate: Int64) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version))
        var client = TLSClientConfiguration.fixture(version) { $0.verification = .dangerouslyNone }
        var first = EnginePair(try TLSEngine(client), try TLSEngine(server))
        _ = first.exchange(fromClient: [1], fromServer: [2])
        let sessions = first.clientSessions()
        let session = try #require(sessions.last)
        client.parameters.time = session.expiry.later(by: secondsLate)
        var second = EnginePair(try TLSEngine(client, resuming: session), try TLSEngine(server))
        second.settle()
        #expect(second.outcome().client.summary?.isResumed == (secondsLate == 0))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session made without verification isn't offered with it`(version: TLSVersion) throws {
        let server = try TLSContext(TLSServerConfiguration.fixture(version, Fixtures.expired))
        var careless = EnginePair(
            try TLSEngine(.fixture(version) { $0.verification = .dangerouslyNone }),
            try TLSEngine(server)
        )
        _ = careless.exchange(fromClient: [1], fromServer: [2])
        let sessions = careless.clientSessions()
        let session = try #require(sessions.last)
        var careful = EnginePair(try TLSEngine(.fixture(version), resuming: session), try TLSEngine(server))
        careful.settle()
        #expect(careful.outcome().client.failure?.verification?.reason == .certificateExpired)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session isn't offered by an engine that trusts others`(version: TLSVersion) throws {
        let session = try #require(try resume(version).sessions.last)
        let lists = try RevocationList.lists(pem: Fixtures.bytes("intermediate.crl.pem"))
        let stranger = try TrustRoots.pem(Fixtures.stranger)
        let changes: [(inout PeerVerification) -> Void] = [
            { $0.roots = $0.roots.adding(stranger) }, { $0.revocationLists = lists }, { $0.intermediatesMax = 7 },
        ]
        for change in changes {
            let client = TLSClientConfiguration.fixture(version) { change(&$0.verification) }
            var pair = EnginePair(
                try TLSEngine(client, resuming: session),
                try TLSEngine(TLSServerConfiguration.fixture(version))
            )
            pair.settle()
            #expect(pair.client.drainableByteCount == 0 && pair.outcome().client.summary?.isResumed == false)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session isn't offered by an engine whose root has lost its trust`(version: TLSVersion) throws {
        let session = try #require(try resume(version).sessions.last)
        // What `openssl x509 -trustout -addreject serverAuth` puts behind a certificate.
        let settings: [UInt8] = [0x30, 0x0c, 0xa0, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01]
        let root = try Certificate(derWithTrustSettings: Fixtures.bytes("root.der") + settings)
        let client = TLSClientConfiguration.fixture(version) { $0.verification.roots = .certificates([root]) }
        var pair = EnginePair(
            try TLSEngine(client, resuming: session),
            try TLSEngine(TLSServerConfiguration.fixture(version))
        )
        pair.settle()
        #expect(pair.outcome().client.failure?.code == .verificationFailed)
    }

    @Test(arguments: TLSVersion.allCases)
    func `servers that share ticket keys resume each other's sessions`(version: TLSVersion) throws {
        for count in [48, 80] {
            let key = try #require(SessionTicketKey(bytes: (0..<count).map { UInt8($0) }))
            let server = TLSServerConfiguration.fixture(version) { $0.sessions.ticketKeys = [key] }
            let result = try resume(version, servers: [server, server])
            #expect(result.second.server.summary?.isResumed == true)
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a TLS 1.3 session that was resumed brings another ticket`(keyCount: Int) throws {
        let keys = try (0..<keyCount).map { number in
            try #require(SessionTicketKey(bytes: Array(repeating: UInt8(number), count: 80)))
        }
        let server = try TLSContext(.fixture(.tls13) { $0.sessions.ticketKeys = keys })
        let client = try TLSContext(TLSClientConfiguration.fixture(.tls13))
        var session: TLSSession?
        for round in 0..<4 {
            var pair = EnginePair(try TLSEngine(client, resuming: session), try TLSEngine(server))
            _ = pair.exchange(fromClient: [1], fromServer: [2])
            session = pair.clientSessions().last
            #expect(session != nil)
            #expect(pair.outcome().server.summary?.isResumed == (round > 0))
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a rotated key is accepted and a dropped one isn't`(version: TLSVersion) throws {
        let old = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        let new = try #require(SessionTicketKey(bytes: Array(repeating: 2, count: 80)))
        func server(_ keys: [SessionTicketKey]) -> TLSServerConfiguration {
            .fixture(version) { $0.sessions.ticketKeys = keys }
        }
        let rotated = try resume(version, servers: [server([old]), server([new, old])])
        #expect(rotated.second.server.summary?.isResumed == true)
        let dropped = try resume(version, servers: [server([old]), server([new])])
        #expect(dropped.second.server.failure == nil && dropped.second.server.summary?.isResumed == false)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session isn't resumed where clients are judged differently`(version: TLSVersion) throws {
        let key = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        let lenient = TLSServerConfiguration.fixture(version) { $0.sessions.ticketKeys = [key] }
        let strict = TLSServerConfiguration.fixture(version) {
            $0.sessions.ticketKeys = [key]
            $0.clientAuthentication = .required(.roots(.fixture))
        }
        let result = try resume(version, servers: [lenient, strict])
        #expect(result.second.server.failure?.code == .verificationFailed)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a session isn't resumed past a newer revocation list`(version: TLSVersion) throws {
        let key = try #require(SessionTicketKey(bytes: Array(repeating: 1, count: 80)))
        func server(_ lists: [RevocationList]) -> TLSServerConfiguration {
            .fixture(version) {
                var verification = PeerVerification.roots(.fixture)
                verification.revocationLists = lists
                $0.sessions.ticketKeys = [key]
                $0.clientAuthentication = .required(verification)
            }
        }
        let lists = try RevocationList.lists(pem: Fixtures.bytes("intermediate.crl.pem"))
        let client = TLSClientConfiguration.fixture(version) { $0.identity = .fixture(Fixtures.client) }
        let newer = try resume(version, client: client, servers: [server([]), server(lists)])
        #expect(newer.second.server.summary?.isResumed == false)
        let same = try resume(version, client: client, servers: [server(lists), server(lists)])
        #expect(same.second.server.summary?.isResumed == true)
    }

    @Test(arguments: TLSVersion.allCases)
    func `mutual authentication survives a resumption`(version: TLSVersion) throws {
        let result = try resume(
            version,
            client: .fixture(version) { $0.identity = .fixture(Fixtures.client) },
            servers: [.fixture(version) { $0.clientAuthentication = .required(.roots(.fixture)) }]
        )
        let leaf = TLSIdentity.fixture(Fixtures.client).leaf
        #expect(result.second.server.summary?.isResumed == true)
        #expect(result.second.server.summary?.peerCertificates.first == leaf)
    }

    @Test(arguments: [0, 1, 5])
    func `a TLS 1.3 server sends as many tickets as configured`(count: Int) throws {
        var pair = try EnginePair(
            client: .fixture(.tls13),
            server: .fixture(.tls13) { $0.sessions.ticketCount = count }
        )
        _ = pair.exchange(fromClient: [1], fromServer: [2])
        #expect(sessionCount(of: pair.clientEvents()) == count)
    }

    @Test func `held tickets wait for the first write and then resume`() throws {
        let server = try TLSContext(
            TLSServerConfiguration.fixture(.tls13) { $0.sessions.holdsTicketsUntilFirstWrite = true }
        )
        var pair = EnginePair(try TLSEngine(TLSClientConfiguration.fixture(.tls13)), try TLSEngine(server))
        _ = pair.settleReading()
        #expect(pair.outcome().server.state == .open)
        #expect(sessionCount(of: pair.clientEvents()) == 0)
        try pair.server.write([1])
        _ = pair.settleReading()
        let sessions = pair.clientSessions()
        #expect(sessions.count == 2)
        var second = EnginePair(
            try TLSEngine(.fixture(.tls13), resuming: sessions.last),
            try TLSEngine(server)
        )
        second.settle()
        #expect(second.outcome().client.summary?.isResumed == true)
    }

    @Test func `held tickets aren't lost behind messages that wait for room`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13),
            server: .fixture(.tls13) {
                $0.parameters.ringCapacity = TLSLimits.ringCapacityMin
                $0.sessions.holdsTicketsUntilFirstWrite = true
            }
        )
        _ = pair.settleReading()
        while try pair.server.updateKeys(requestingPeer: false) {}
        let read = pair.exchange(fromClient: [], fromServer: [1])
        #expect(read.client == [1] && sessionCount(of: pair.clientEvents()) == 2)
    }

    @Test func `held tickets and the answer to a KeyUpdate leave room for the record behind them`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13),
            server: .fixture(.tls13) {
                $0.parameters.ringCapacity = 2000
                $0.sessions.holdsTicketsUntilFirstWrite = true
            }
        )
        _ = pair.settleReading()
        for _ in 0..<2 {
            expect(try pair.client.updateKeys(requestingPeer: true))
            pair.settle()
        }
        let sent = (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
        let read = pair.exchange(fromClient: [], fromServer: sent)
        #expect(read.client == sent && sessionCount(of: pair.clientEvents()) == 2)
    }

    @Test func `cut, altered and foreign bytes are no session`() throws {
        let bytes = try #require(try resume(.tls13).sessions.last).exported()
        for count in stride(from: 0, to: bytes.count, by: 7) {
            expect(.invalidSession) { try TLSSession(exported: Array(bytes.prefix(count))) }
        }
        expect(.invalidSession) { try TLSSession(exported: bytes + [0]) }
        expect(.invalidSession) { try TLSSession(exported: Array(repeating: 0, count: 300 * 1024)) }
        expect(.invalidSession) { try TLSSession(exported: Array("-----BEGIN SSL SESSION".utf8)) }
    }

    @Test func `a session of any time and lifetime can be imported`() throws {
        let bytes = try #require(try resume(.tls13).sessions.last).exported()
        let name = "server.test"
        let header = 4 + 32 + 2 + name.utf8.count
        let der = Array(bytes[(header + 3)...].dropLast(32))
        // [1] time and [9] lifetime hint, each an INTEGER in an explicit tag.
        for (tag, value) in [(0xA1, Int64.max), (0xA1, .min), (0xA9, .max), (0xA9, -1)] as [(UInt8, Int64)] {
            let start = try #require(
                der.indices.dropLast(4).first { der[$0] == tag && der[$0 + 2] == 2 && der[$0 + 1] == der[$0 + 3] + 2 }
            )
            var integer = withUnsafeBytes(of: value.bigEndian) { Array($0) }
            if tag == 0xA9, value < 0 { integer.insert(0, at: 0) }
            let field = [tag, UInt8(integer.count + 2), 2, UInt8(integer.count)] + integer
            let body = Array(der[4..<start]) + field + der[(start + 2 + Int(der[start + 1]))...]
            let changed = [0x30, 0x82, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
            let length = [0, UInt8(changed.count >> 8), UInt8(changed.count & 255)]
            let damaged = Array(bytes[..<header]) + length + changed
            let session = try TLSSession(exported: damaged + sha256(of: damaged))
            #expect(tag == 0xA9 || session.isResumable(at: .fixture) == (value > 0))
        }
    }

    private func sessionCount(of events: [TLSEvent]) -> Int {
        events.count { if case .sessionReceived = $0 { true } else { false } }
    }
}

extension UnixTime {
    fileprivate func later(by seconds: Int64) -> UnixTime {
        UnixTime(secondsSince1970: secondsSince1970 + seconds)
    }
}
