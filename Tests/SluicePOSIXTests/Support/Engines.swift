import Fixtures
import Sluice
import SluicePOSIX

/// A client of the test server.
func makeClient(_ version: TLSVersion = .tls13, trusting roots: [UInt8] = Fixtures.root) throws -> TLSEngine {
    var configuration = TLSClientConfiguration.client(to: "server.test")
    configuration.verification = .roots(try .pem(roots))
    configuration.parameters.versions = version...version
    return try TLSEngine(configuration)
}

/// The test server.
func makeServer() throws -> TLSEngine {
    let identity = Fixtures.serverECDSA
    return try TLSEngine(.server(TLSIdentity(pemChain: identity.chain, pemKey: identity.key)))
}

/// A client and a server over two connected descriptors.
struct StreamPair: ~Copyable {
    var client: TLSStream<Descriptor>
    var server: TLSStream<Descriptor>

    init(_ version: TLSVersion = .tls13, over descriptors: consuming ConnectedDescriptors) throws {
        // Whatever can throw comes before the first field (Swift 6.3).
        let clientEngine = try makeClient(version)
        let serverEngine = try makeServer()
        client = TLSStream(clientEngine, over: descriptors.near)
        server = TLSStream(serverEngine, over: descriptors.far)
    }

    /// Pumps both until neither moves a byte.
    mutating func settle() throws {
        while try client.pump() || server.pump() {}
    }
}

/// Bytes without a pattern that a shift would leave the same.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
