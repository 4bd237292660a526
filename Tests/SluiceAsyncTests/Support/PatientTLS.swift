import Sluice
import SluiceAsync

/// `withTLS` on a clock that stands still, so that a slow machine is no failure.
nonisolated(nonsending) func withPatientTLS<Value>(
    _ engine: consuming TLSEngine,
    over transport: some AsyncByteTransport,
    alreadyReceived: [UInt8] = [],
    appetite: AsyncTLSAppetite = .exact,
    deciding decisions: AsyncTLSDecisions = .none,
    _ body: nonisolated(nonsending) (AsyncTLSStream) async throws -> Value
) async throws -> Value {
    try await withTLS(
        engine,
        over: transport,
        alreadyReceived: alreadyReceived,
        clock: ManualClock(),
        appetite: appetite,
        deciding: decisions,
        body
    )
}
