import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

/// The code that the documentation shows.
struct SimulationExamples {
    @Test func `two engines talk over a satellite`() throws {
        let seed = RandomSeed(dangerouslyPredictable: 7)
        var configuration = TLSClientConfiguration.client(to: "simulation.test")
        configuration.verification = .dangerouslyNone
        let identity = try TLSIdentity.selfSigned(for: ["simulation.test"])
        let client = try TLSEngine(TLSContext(configuration, seed: seed), seed: seed, time: .simulationEpoch)
        let server = try TLSEngine(TLSContext(.server(identity), seed: seed), seed: seed, time: .simulationEpoch)
        var link = SimulatedLink(
            client,
            server,
            conditions: PerEnd(client: .satellite, server: .broadband),
            seed: 7
        )
        try link.settle()
        try link.client.write(Array("hello".utf8))
        try link.settle()
        let hello = try link.server.read()  // the bytes of "hello", after more than a second that took no time
        #expect(hello == Array("hello".utf8))
        let now = link.now
        #expect(now > .seconds(1))
    }

    @Test func `a simulation shows how far it is`() throws {
        var scenario = Scenario()
        scenario.connectionCount = 10
        scenario.byteCountMax = 4096
        scenario.faults = .hostile
        var simulation = Simulation(scenario, seed: 1, runCount: 2)
        while try simulation.advance(stepsMax: 10_000) {
            print(simulation.report.runCount, "of", simulation.runCount)
        }
        print(simulation.report.digest)
        let report = simulation.report
        #expect(report.connectionCount == 20)
    }

    @Test func `a failure is reduced and recorded`() throws {
        let scenario = Scenario.small(.none)
        var failure = SimulationFailure(.endIsExplained, "for the example's sake")
        failure.connection = 2
        let script = scenario.script(seed: failure.seed)
        let reduced = script.reduced(failing: failure)
        let journals = reduced.script.journals(ofConnection: failure.connection ?? 0)
        #expect(try Journal(parsing: journals.client).header.role == .client)
    }
}
