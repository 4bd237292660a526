import Sluice
import SluiceAsync

/// What the scope of one end does.
typealias Body<Value> = @Sendable (AsyncTLSStream) async throws -> Value

/// Runs a client and a server over a pipe until both scopes are over.
func converse<Asked: Sendable, Served: Sendable>(
    _ version: TLSVersion = .tls13,
    capacity: Int = InMemoryTransport.capacityDefault,
    appetite: AsyncTLSAppetite = .exact,
    client: @escaping Body<Asked>,
    server: @escaping Body<Served>
) async throws -> (client: Asked, server: Served) {
    let (near, far) = InMemoryTransport.pair(capacity: capacity)
    let (asker, servant) = (try makeClient(version), try makeServer())
    async let served = withPatientTLS(TLSEngine(servant), over: far, appetite: appetite, server)
    async let asked = withPatientTLS(TLSEngine(asker), over: near, appetite: appetite, client)
    return try await (asked, served)
}
