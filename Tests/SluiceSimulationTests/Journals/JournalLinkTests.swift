import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

/// An engine whose peer is a journal.
struct JournalLinkTests {
    @Test(
        arguments: [LinkConditions.perfect, .broadband, .satellite, .serialLine],
        [false, true]
    )
    func `an engine does what the recorded one did, however its peer's bytes are cut`(
        conditions: LinkConditions,
        isTLS12: Bool
    ) throws {
        for end in End.allCases {
            var link = try JournalLink(Self.journal(of: end, isTLS12: isTLS12), conditions: conditions, seed: 3)
            try link.settle()
            let state = link.state
            #expect(state == .closed)
            #expect(link.failure == nil && link.faults.isEmpty)
            #expect(link.ciphertextDifference == nil && link.missingCiphertextByteCount == 0)
            #expect(link.missingPlaintextByteCount == 0)
        }
    }

    @Test(arguments: Fault.allCases.filter { $0 != .earlyClose }, UInt64(0)..<12)
    func `what a fault spoils isn't read, and the engine says so`(fault: Fault, seed: UInt64) throws {
        var conditions = LinkConditions.broadband
        conditions[fault] = 1
        for end in End.allCases {
            var link = try JournalLink(Self.journal(of: end, isTLS12: false), conditions: conditions, seed: seed)
            // Throws if anything is read that wasn't written.
            try link.settle()
            if link.faults.isEmpty {
                #expect(link.failure == nil && link.missingPlaintextByteCount == 0)
            } else {
                #expect(link.faults == [fault])
                #expect(link.failure != nil && link.failure?.code != .internalFailure)
            }
        }
    }

    @Test func `a journal of another peer's bytes goes as far as they lead`() throws {
        let client = try Self.journal(of: .client, isTLS12: false)
        let server = try Self.journal(of: .server, isTLS12: false)
        var link = try JournalLink(
            Journal(header: client.header, entries: server.entries),
            conditions: .perfect,
            seed: 1
        )
        // The recorded owner's reads and answers are another engine's: nothing traps.
        #expect(throws: Never.self) { try link.settle() }
        let (failure, difference) = (link.failure, link.ciphertextDifference)
        #expect(failure?.code == .protocolViolation && difference != nil)
    }

    @Test func `too many steps are a livelock`() throws {
        var link = try JournalLink(Self.journal(of: .client, isTLS12: false), conditions: .serialLine, seed: 5)
        var failure: SimulationFailure?
        do { try link.settle(stepsMax: 10) } catch { failure = error }
        #expect(failure?.invariant == .progressIsMade && failure?.seed == 5)
    }

    /// One end of a connection with all that owners do.
    private static func journal(of end: End, isTLS12: Bool) throws -> Journal {
        try Journal(parsing: (isTLS12 ? tls12 : tls13)[end])
    }

    private static let tls12 = journals(isTLS12: true)
    private static let tls13 = journals(isTLS12: false)

    private static func journals(isTLS12: Bool) -> PerEnd<[UInt8]> {
        var plan = ConnectionPlan(number: 0)
        plan.clientContext.isTLS12 = isTLS12
        plan.clientContext.hasIdentity = true
        plan.clientContext.hasDecisions = true
        plan.conditions = PerEnd(client: .broadband, server: .broadband)
        for end in End.allCases {
            plan.ends[end].byteCount = 20_000
            plan.ends[end].keyUpdateCount = 2
            plan.ends[end].isHibernating = true
        }
        var script = SimulationScript(seed: 6, connections: [plan])
        script.server.asksForIdentity = true
        script.server.hasDecisions = true
        return script.journals(ofConnection: 0)
    }
}
