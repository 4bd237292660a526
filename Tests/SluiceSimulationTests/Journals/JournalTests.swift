import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

/// A connection of a script as journals of both its engines.
struct JournalTests {
    @Test func `a connection is recorded at both ends, and does the same again`() throws {
        let script = Scenario.small(.slow).script(seed: 1)
        let bytes = script.journals(ofConnection: 3)
        for end in End.allCases {
            let journal = try Journal(parsing: bytes[end])
            #expect(journal.header.role == (end == .client ? .client : .server))
            #expect(journal.header.place == "connection 3, \(end)")
            #expect(journal.entries.count > 10)
            #expect(try difference(of: journal) == nil)
        }
    }

    @Test func `a run that fails is recorded up to the failure`() throws {
        let script = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 4)])
        var sabotage = Sabotage()
        sabotage.ciphertext = { _, end, offset, bytes in end == .client && offset > 0 ? [] : bytes }
        #expect(script.failure(with: sabotage) != nil)
        let bytes = script.journals(ofConnection: 4, sabotage: sabotage)
        for end in End.allCases { #expect(try difference(of: Journal(parsing: bytes[end])) == nil) }
        let names = try Journal(parsing: bytes.server).entries.map(\.call.verb)
        #expect(!names.contains { if case .close = $0 { true } else { false } })
    }

    @Test func `a connection that isn't in the script has no journals`() {
        let script = SimulationScript(seed: 1, connections: [ConnectionPlan(number: 0)])
        #expect(script.journals(ofConnection: 1) == PerEnd(client: [], server: []))
    }

    /// The first entry that comes out otherwise.
    private func difference(of journal: Journal) throws -> Int? {
        var engine = try journal.header.beginning.makeEngine()
        for entry in journal.entries {
            let call = entry.call.verb.apply(to: &engine)
            if call.outcome != entry.call.outcome || call.failure != entry.call.failure { return entry.line }
        }
        return nil
    }
}
