import Fixtures
import Sluice
import SluiceSimulation

/// Both ends' configurations, by a generator.
struct RandomConfigurations {
    var client = TLSClientConfiguration.client(to: "server.test")
    var server = TLSServerConfiguration.server(.fixture(Fixtures.serverECDSA))

    init(using generator: inout SplitMix64) {
        client.verification = .roots(.fixture)
        client.parameters.versions = Self.versions(generator.below(8))
        server.parameters.versions = Self.versions(generator.below(8))
        client.parameters.ringCapacity = Self.capacity(using: &generator)
        server.parameters.ringCapacity = Self.capacity(using: &generator)
        client.parameters.observations = .init(rawValue: generator.below(8))
        server.parameters.observations = .init(rawValue: generator.below(8))
        if generator.below(3) == 0 { client.parameters.decisions = [.clientIdentity] }
        if generator.below(3) == 0 { client.parameters.decisions.insert(.peerCertificate) }
        if generator.below(3) == 0 { server.parameters.decisions = [.clientHello] }
        let identities = [Fixtures.serverECDSA, Fixtures.serverRSA, Fixtures.longChain, Fixtures.other]
        server.identities = [.fixture(identities[generator.below(3)])]
        if generator.below(3) == 0 { server.identities.append(.fixture(identities[generator.below(4)])) }
        server.sessions.ticketCount = generator.below(5)
        server.sessions.holdsTicketsUntilFirstWrite = generator.below(2) == 0
        authenticateClient(using: &generator)
        if generator.below(5) == 0 { server.parameters.groups = ["P-384"].map { NamedGroup($0) } }
    }

    private mutating func authenticateClient(using generator: inout SplitMix64) {
        if generator.below(2) == 0 { client.identity = .fixture(Fixtures.client) }
        switch generator.below(5) {
        case 0: server.clientAuthentication = .required(.roots(.fixture))
        case 1: server.clientAuthentication = .optional(.roots(.stranger))
        default: return
        }
        if generator.below(2) == 0 { server.parameters.decisions.insert(.peerCertificate) }
    }

    private static func versions(_ choice: Int) -> ClosedRange<TLSVersion> {
        switch choice {
        case 0: .tls12 ... .tls12
        case 1: .tls13 ... .tls13
        default: .tls12 ... .tls13
        }
    }

    private static func capacity(using generator: inout SplitMix64) -> Int {
        switch generator.below(4) {
        case 0: TLSLimits.ringCapacityMin
        case 1: TLSLimits.ringCapacityMin + generator.below(3000)
        case 2: TLSLimits.ringCapacityDefault
        default: TLSLimits.ringCapacityMin + generator.below(TLSLimits.ringCapacityDefault)
        }
    }

    /// One of the answers to a ClientHello.
    static func clientHelloAnswer(_ choice: Int) -> ClientHelloAnswer {
        switch choice {
        case 0: return .proceed
        case 1: return .useIdentity(.fixture(Fixtures.serverRSA))
        case 2: return .refuse(.accessDenied)
        default:
            var configuration = TLSServerConfiguration.server(.fixture(Fixtures.serverRSA))
            configuration.clientAuthentication = .optional(.roots(.fixture))
            let context = try? TLSContext(configuration, seed: RandomSeed(dangerouslyPredictable: 8))
            return context.map { .use($0) } ?? .proceed
        }
    }
}
