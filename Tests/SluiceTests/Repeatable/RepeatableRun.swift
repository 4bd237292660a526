import Fixtures
import Sluice

/// One connection of two engines with seeds, from the handshake to the close, and everything that crossed the link.
struct RepeatableRun: Hashable, Sendable, CustomStringConvertible {
    var version = TLSVersion.tls13
    var identity = Fixtures.serverECDSA
    var clientIdentity: Fixtures.Identity?
    /// Whether the connection resumes an earlier one, so many seconds older.
    var resumesAfter: Int64?
    var groups: (client: [String], server: [String]) = ([], [])
    /// The only suites of TLS 1.2, where it matters.
    var tls12CipherSuites: [String] = []
    var ticketKey: SessionTicketKey?
    var seed: UInt64 = 1

    /// Every byte that each end drained, and what each was told.
    struct Transcript: Hashable {
        var clientSent: [UInt8] = []
        var serverSent: [UInt8] = []
        var clientEvents: [TLSEvent] = []
        var serverEvents: [TLSEvent] = []
        var isResumed = false
    }

    var description: String {
        var words = "\(version), \(identity)"
        if let clientIdentity { words += ", client \(clientIdentity)" }
        if let resumesAfter { words += ", resumed after \(resumesAfter) s" }
        if !groups.server.isEmpty { words += ", HelloRetryRequest" }
        if groups.server.isEmpty, !groups.client.isEmpty { words += ", \(groups.client)" }
        if !tls12CipherSuites.isEmpty { words += ", \(tls12CipherSuites)" }
        if ticketKey != nil { words += ", ticket key" }
        return words
    }

    static func == (left: RepeatableRun, right: RepeatableRun) -> Bool {
        left.description == right.description && left.seed == right.seed
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(description)
        hasher.combine(seed)
    }

    /// Every kind of connection that must be repeatable.
    static let all: [RepeatableRun] = [TLSVersion.tls12, .tls13].flatMap { version in
        let identities = [Fixtures.serverECDSA, Fixtures.serverRSA, Fixtures.serverEd25519]
        return identities.map { RepeatableRun(version: version, identity: $0) }
            + [
                RepeatableRun(version: version, clientIdentity: Fixtures.client),
                RepeatableRun(version: version, identity: Fixtures.serverRSA, clientIdentity: Fixtures.serverRSA),
                RepeatableRun(version: version, resumesAfter: 0),
                RepeatableRun(version: version, resumesAfter: 1000),
                RepeatableRun(version: version, resumesAfter: 5000, ticketKey: SessionTicketKey(bytes: Array(1...80))),
                // Of the client's shares none will do: in TLS 1.3 the server asks for another.
                RepeatableRun(
                    version: version,
                    identity: Fixtures.serverRSA,
                    resumesAfter: 100,
                    groups: (["X25519", "P-384"], ["P-384"])
                ),
            ] + otherAlgorithms(version)
    }

    /// Keys, groups and suites that few use.
    private static func otherAlgorithms(_ version: TLSVersion) -> [RepeatableRun] {
        let identities = [Fixtures.selfSignedRSAPSS, Fixtures.selfSignedP521, Fixtures.selfSignedEd448]
        let groups = ["P-384", "P-521", "X448"] + (version == .tls13 ? ["ffdhe2048"] : [])
        let suites = ["ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-SHA256", "AES128-GCM-SHA256", "AES256-SHA"]
        return identities.map { RepeatableRun(version: version, identity: $0) }
            + identities.map { RepeatableRun(version: version, clientIdentity: $0) }
            + groups.map { group in
                let name = group == "ffdhe2048" ? [group] : [group, "P-256"]
                return RepeatableRun(version: version, identity: Fixtures.serverRSA, groups: (name, []))
            }
            + suites.filter { _ in version == .tls12 }.map { suite in
                RepeatableRun(version: version, identity: Fixtures.serverRSA, tls12CipherSuites: [suite])
            }
    }

    /// The engines' clock at the beginning.
    private var time: UnixTime { .fixture }

    /// Contexts that many connections may share.
    func contexts() throws -> (client: TLSContext, server: TLSContext) {
        let roots: TrustRoots = identity.isSelfSigned ? try .pem(identity.chain) : .fixture
        let client = TLSClientConfiguration.fixture(version) { configuration in
            configuration.parameters.groups = groups.client.map { NamedGroup($0) }
            configuration.parameters.tls12CipherSuites = tls12CipherSuites.map { CipherSuite($0) }
            configuration.verification = .roots(roots)
            if let clientIdentity { configuration.identity = .fixture(clientIdentity) }
        }
        let server = TLSServerConfiguration.fixture(version, identity) { configuration in
            configuration.parameters.groups = groups.server.map { NamedGroup($0) }
            configuration.parameters.tls12CipherSuites = tls12CipherSuites.map { CipherSuite($0) }
            if clientIdentity == Fixtures.client { configuration.clientAuthentication = .required(.roots(.fixture)) }
            if let clientIdentity, clientIdentity != Fixtures.client {
                configuration.clientAuthentication = .required(.roots(.fixture))
                configuration.parameters.decisions = .peerCertificate
            }
            if let ticketKey { configuration.sessions.ticketKeys = [ticketKey] }
        }
        let seed = RandomSeed(dangerouslyPredictable: seed)
        return (try TLSContext(client, seed: seed), try TLSContext(server, seed: seed))
    }

    /// Runs the connection, and the one before it where it resumes; the transcript is of the last.
    func transcript(betweenTurns: () throws -> Void = {}) throws -> Transcript {
        let contexts = try contexts()
        return try transcript(contexts.client, contexts.server, betweenTurns: betweenTurns)
    }

    func transcript(
        _ client: TLSContext,
        _ server: TLSContext,
        betweenTurns: () throws -> Void = {}
    ) throws -> Transcript {
        guard let resumesAfter else {
            return try connect(client, server, nil, at: time, "first", betweenTurns).transcript
        }
        let session = try connect(client, server, nil, at: time, "first", betweenTurns).session
        let later = UnixTime(secondsSince1970: time.secondsSince1970 + resumesAfter)
        return try connect(client, server, session, at: later, "second", betweenTurns).transcript
    }

    private func connect(
        _ client: TLSContext,
        _ server: TLSContext,
        _ session: TLSSession?,
        at time: UnixTime,
        _ name: String,
        _ betweenTurns: () throws -> Void
    ) throws -> (transcript: Transcript, session: TLSSession?) {
        let seed = RandomSeed(dangerouslyPredictable: seed)
        var pair = EnginePair(
            try TLSEngine(client, resuming: session, seed: seed.derived(for: "client \(name)"), time: time),
            try TLSEngine(server, seed: seed.derived(for: "server \(name)"), time: time)
        )
        try betweenTurns()
        pair.settle(turnsMax: 1)
        try betweenTurns()
        pair.settle()
        if case .peerCertificate = pair.server.pendingDecision { try pair.server.resolve(PeerCertificateAnswer.accept) }
        try betweenTurns()
        _ = pair.exchange(fromClient: Array(repeating: 7, count: 3000), fromServer: Array(repeating: 9, count: 20_000))
        if version == .tls13 { _ = try pair.client.updateKeys(requestingPeer: true) }
        try betweenTurns()
        _ = pair.exchange(fromClient: [1, 2, 3], fromServer: [4, 5])
        try pair.client.close()
        _ = pair.settleReading()
        try pair.server.close()
        _ = pair.settleReading()
        let events = (client: pair.clientEvents(), server: pair.serverEvents())
        let sessions = events.client.compactMap { if case .sessionReceived(let session) = $0 { session } else { nil } }
        let transcript = Transcript(
            clientSent: pair.clientSent,
            serverSent: pair.serverSent,
            clientEvents: events.client,
            serverEvents: events.server,
            isResumed: pair.client.summary?.isResumed ?? false
        )
        return (transcript, sessions.last)
    }
}

extension Fixtures.Identity {
    fileprivate var isSelfSigned: Bool { name.hasPrefix("self-signed") }
}
