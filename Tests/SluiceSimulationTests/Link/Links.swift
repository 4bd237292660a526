import Sluice
import SluiceSimulation

extension SimulatedLink {
    /// A link between two plain engines, whose randomness comes from the seed too.
    static func plain(
        toServer: LinkConditions = .perfect,
        toClient: LinkConditions = .perfect,
        seed: UInt64 = 1
    ) throws -> SimulatedLink {
        let secret = RandomSeed(dangerouslyPredictable: seed)
        var configuration = TLSClientConfiguration.client(to: "simulation.test")
        configuration.verification = .dangerouslyNone
        let identity = try TLSIdentity.selfSigned(for: ["simulation.test"])
        let client = try TLSContext(configuration, seed: secret)
        let server = try TLSContext(.server(identity), seed: secret)
        return SimulatedLink(
            try TLSEngine(client, seed: secret, time: .simulationEpoch),
            try TLSEngine(server, seed: secret, time: .simulationEpoch),
            conditions: PerEnd(client: toServer, server: toClient),
            seed: seed
        )
    }
}
