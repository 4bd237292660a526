import Sluice
import Testing

@testable import SluiceSimulation

/// What is held against an engine.
struct InvariantTests {
    @Test func `an error that changes isn't sticky`() throws {
        var owner = Owner(.client, of: 1, EndPlan(), closesUnasked: true, identity: nil, seed: 1)
        try owner.note(TLSError(.truncated, fault: .transport, "cut"))
        try owner.note(TLSError(.truncated, fault: .transport, "cut"))
        var failure: SimulationFailure?
        do { try owner.note(TLSError(.truncated, fault: .transport, "cut otherwise")) } catch { failure = error }
        #expect(failure?.invariant == .errorsAreSticky)
    }

    /// What each kind of fault explains, and something that it doesn't.
    private static let explanations: [(faults: Set<Fault>, explained: TLSError.Code?, unexplained: TLSError.Code)] = [
        ([], nil, .truncated),
        ([], nil, .closed),
        ([.truncation], .truncated, .verificationFailed),
        ([.earlyClose], .closed, .protocolViolation),
        ([.bitFlip], .protocolViolation, .closed),
        ([.loss], .protocolViolation, .internalFailure),
        ([.duplication], .protocolViolation, .invalidConfiguration),
        ([.reordering], .notTLS, .internalFailure),
        (Set(Fault.allCases), .negotiationFailed, .internalFailure),
    ]

    @Test(arguments: explanations)
    func `an end is explained by the faults that happened`(
        faults: Set<Fault>,
        explained: TLSError.Code?,
        unexplained: TLSError.Code
    ) {
        #expect(EndOutcome.clean.isExplained(by: faults))
        #expect(explained.map { EndOutcome.failed($0).isExplained(by: faults) } != false)
        #expect(!EndOutcome.failed(unexplained).isExplained(by: faults))
        #expect(EndOutcome.abandoned.isExplained(by: faults) == faults.contains(where: \.isDamage))
    }

    @Test func `outcomes and failures say themselves in a line`() {
        #expect(ConnectionOutcome(client: .clean, server: .clean).description == "clean")
        #expect(
            ConnectionOutcome(client: .failed(.closed), server: .abandoned).description
                == "client closed, server abandoned"
        )
        var failure = SimulationFailure(.needsAreTrue, "it was seen otherwise")
        failure.connection = 3
        failure.seed = 9
        failure.reproduction = "sluice simulate"
        let expected =
            "not true that needs are true: it was seen otherwise (seed 9, connection 3, after 0.0 seconds); again: "
        #expect(failure.description == expected + "sluice simulate")
    }
}
