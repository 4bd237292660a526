import Fixtures
import Sluice
import SluiceNIO

/// A client of the test server.
func clientContext(
    _ version: TLSVersion = .tls13,
    trusting roots: [UInt8] = Fixtures.root,
    change: (inout TLSClientConfiguration) throws -> Void = { _ in }
) throws -> TLSContext {
    var configuration = TLSClientConfiguration.client(to: "server.test")
    configuration.verification = .roots(try .pem(roots))
    configuration.parameters.versions = version...version
    try change(&configuration)
    return try TLSContext(configuration)
}

/// The test server.
func serverContext(change: (inout TLSServerConfiguration) throws -> Void = { _ in }) throws -> TLSContext {
    var configuration = TLSServerConfiguration.server(try identity(Fixtures.serverECDSA))
    try change(&configuration)
    return try TLSContext(configuration)
}

/// An identity of the test PKI.
func identity(_ fixture: Fixtures.Identity) throws -> TLSIdentity {
    try TLSIdentity(pemChain: fixture.chain, pemKey: fixture.key)
}

/// Bytes without a pattern that a shift would leave the same.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
