import Fixtures
import Sluice
import SluiceAsync

/// A client of the test server.
func makeClient(
    _ version: TLSVersion = .tls13,
    _ change: (inout TLSClientConfiguration) throws -> Void = { _ in }
) throws -> TLSContext {
    var configuration = TLSClientConfiguration.client(to: "server.test")
    configuration.verification = .roots(try .pem(Fixtures.root))
    configuration.parameters.versions = version...version
    try change(&configuration)
    return try TLSContext(configuration)
}

/// The test server.
func makeServer(_ change: (inout TLSServerConfiguration) throws -> Void = { _ in }) throws -> TLSContext {
    let identity = Fixtures.serverECDSA
    var configuration = TLSServerConfiguration.server(
        try TLSIdentity(pemChain: identity.chain, pemKey: identity.key)
    )
    try change(&configuration)
    return try TLSContext(configuration)
}

/// Bytes without a pattern that a shift would leave the same.
func pattern(_ count: Int, seed: UInt32 = 1) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}

extension AsyncTLSStream {
    /// All that the peer sends until it closes.
    func readToEnd() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in plaintext { bytes += piece }
        return bytes
    }

    /// Exactly so many bytes, or fewer if the peer closes before.
    func read(exactly count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try await read(atMost: count - bytes.count)
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}
