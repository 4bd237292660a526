import COpenSSL
import Fixtures
import Sluice
import Testing

/// What a client that asks for its server's certificate status is sent.
struct StaplingTests {
    /// What came of a connection.
    private struct Outcome {
        let response: [UInt8]?
        let leaf: [UInt8]

        /// Whether it came with the leaf of a fixture, and says that this is good.
        func isGood(_ fixture: Fixtures.Identity) -> Bool {
            leaf == TLSIdentity.fixture(fixture).leaf.der && response == OCSPResponse.fixture(fixture).der
        }
    }

    private func connect(
        _ offer: StatusClient.Offer,
        to server: TLSContext,
        answer: ClientHelloAnswer? = nil
    ) throws -> Outcome {
        try connect(offer, to: TLSEngine(server), answer: answer)
    }

    private func connect(
        _ offer: StatusClient.Offer,
        to engine: consuming TLSEngine,
        answer: ClientHelloAnswer? = nil
    ) throws -> Outcome {
        var client = StatusClient(offer)
        let isConnected = try client.connect(to: &engine, answer: answer)
        try #require(isConnected)
        return Outcome(response: client.response, leaf: client.leaf)
    }

    private func context(
        _ identities: [TLSIdentity],
        seed: RandomSeed? = nil,
        _ change: (inout TLSServerConfiguration) -> Void = { _ in }
    ) throws -> TLSContext {
        var configuration = TLSServerConfiguration(identities: identities)
        configuration.parameters.time = .fixture
        change(&configuration)
        return try TLSContext(configuration, seed: seed)
    }

    /// Which identity a client's signature algorithms choose.
    private static let choices: [(fixture: Fixtures.Identity, algorithms: String)] = [
        (Fixtures.serverECDSA, "ECDSA+SHA256"), (Fixtures.serverRSA, "RSA+SHA256:RSA-PSS+SHA256"),
        (Fixtures.serverEd25519, "ed25519"),
    ]

    @Test(arguments: TLSVersion.allCases, choices)
    func `a client that asks gets the response of the identity that libssl chose`(
        version: TLSVersion,
        choice: (fixture: Fixtures.Identity, algorithms: String)
    ) throws {
        let server = try context(Self.choices.map { .stapled($0.fixture) })
        let offer = StatusClient.Offer(version: version, signatureAlgorithms: choice.algorithms)
        #expect(try connect(offer, to: server).isGood(choice.fixture))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client that doesn't ask gets none`(version: TLSVersion) throws {
        let server = try context([.stapled(Fixtures.serverECDSA)])
        #expect(try connect(.init(version: version, asks: false), to: server).response == nil)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an identity without a response gets on without, beside one that has one`(version: TLSVersion) throws {
        let server = try context([.stapled(Fixtures.serverECDSA), .fixture(Fixtures.serverRSA)])
        let offer = StatusClient.Offer(version: version, signatureAlgorithms: Self.choices[1].algorithms)
        let outcome = try connect(offer, to: server)
        #expect(outcome.response == nil && outcome.leaf == TLSIdentity.fixture(Fixtures.serverRSA).leaf.der)
    }

    @Test(arguments: TLSVersion.allCases)
    func `of two identities with the same certificate the first's response is sent`(version: TLSVersion) throws {
        let server = try context([.fixture(Fixtures.serverECDSA), .stapled(Fixtures.serverECDSA)])
        #expect(try connect(.init(version: version), to: server).response == nil)
        let other = try context([.stapled(Fixtures.serverECDSA), .fixture(Fixtures.serverECDSA)])
        #expect(try connect(.init(version: version), to: other).isGood(Fixtures.serverECDSA))
    }

    @Test(arguments: TLSVersion.allCases)
    func `an identity that answers a ClientHello brings its response`(version: TLSVersion) throws {
        let asking = try context([.fixture(Fixtures.serverECDSA)]) { $0.parameters.decisions = .clientHello }
        for fixture in [Fixtures.serverECDSA, Fixtures.serverRSA] {
            let answer = ClientHelloAnswer.useIdentity(.stapled(fixture))
            #expect(try connect(.init(version: version), to: asking, answer: answer).isGood(fixture))
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `so does a context, and the first one's response stays behind`(version: TLSVersion) throws {
        let asking = try context([.stapled(Fixtures.serverECDSA)]) { $0.parameters.decisions = .clientHello }
        let other = try context([.stapled(Fixtures.serverRSA)])
        #expect(try connect(.init(version: version), to: asking, answer: .use(other)).isGood(Fixtures.serverRSA))
        let silent = try context([.fixture(Fixtures.serverECDSA)])
        #expect(try connect(.init(version: version), to: asking, answer: .use(silent)).response == nil)
        #expect(try connect(.init(version: version), to: asking, answer: .proceed).isGood(Fixtures.serverECDSA))
    }

    @Test(arguments: TLSVersion.allCases, choices)
    func `an engine with a seed sends it too`(
        version: TLSVersion,
        choice: (fixture: Fixtures.Identity, algorithms: String)
    ) throws {
        let seed = RandomSeed(dangerouslyPredictable: 1)
        let server = try context([.stapled(choice.fixture)], seed: seed)
        let engine = try TLSEngine(server, seed: seed, time: .fixture)
        #expect(try connect(.init(version: version), to: engine).isGood(choice.fixture))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a resumed session brings none, and is resumed`(version: TLSVersion) throws {
        let server = try context([.stapled(Fixtures.serverECDSA)])
        var engine = try TLSEngine(server)
        var first = StatusClient(.init(version: version))
        let isConnected = try first.connect(to: &engine)
        let session = first.session
        defer { SSL_SESSION_free(session) }
        var next = try TLSEngine(server)
        var second = StatusClient(.init(version: version, session: session))
        let isConnectedAgain = try second.connect(to: &next)
        let (isResumed, response) = (second.isResumed, second.response)
        #expect(isConnected && isConnectedAgain && isResumed && response == nil)
    }

    @Test(arguments: TLSVersion.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `the longest response arrives`(version: TLSVersion, ringCapacity: Int) throws {
        let long = ForgedOCSPResponse().padded(to: TLSLimits.ocspResponseBytesMax).der
        try #require(long.count == TLSLimits.ocspResponseBytesMax)
        let identity = try TLSIdentity.fixture(Fixtures.serverECDSA).stapling(OCSPResponse(der: long))
        let server = try context([identity]) { $0.parameters.ringCapacity = ringCapacity }
        #expect(try connect(.init(version: version), to: server).response == long)
    }
}
