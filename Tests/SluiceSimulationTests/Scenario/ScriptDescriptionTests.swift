import SluiceSimulation
import Testing

/// A script in words.
struct ScriptDescriptionTests {
    @Test func `a plain script is said to be plain`() {
        let script = SimulationScript(seed: 7, connections: [ConnectionPlan(number: 3)])
        #expect(script.description == "seed 7, server: plain\nconnection 3: plain")
    }

    @Test func `what isn't plain is told with its path and value`() {
        var script = SimulationScript(seed: 7, connections: [ConnectionPlan(number: 3), ConnectionPlan(number: 4)])
        script.server.identity = .ed25519
        script.server.ticketCount = 9
        script.connections[0].resumedConnection = 1
        script.connections[0].conditions.server.bytesPerSecond = 100
        script.connections[0].ends.client.pace = .milliseconds(1500)
        script.connections[1].firstToClose = .server
        #expect(
            script.description == """
                seed 7, server: identity ed25519, ticketCount 9
                connection 3: resumedConnection 1, conditions.server.bytesPerSecond 100, ends.client.pace 1.5 seconds
                connection 4: firstToClose server
                """
        )
    }
}
