import Fixtures
import Sluice
import SluiceSimulation
import Testing

/// One context for each end, to make many engines of: what a configuration costs is paid once.
struct ContextPair: Sendable {
    let client: TLSContext
    let server: TLSContext

    /// Contexts of the test PKI that speak one version.
    init(
        _ version: TLSVersion? = nil,
        _ identity: Fixtures.Identity = Fixtures.serverECDSA,
        client changeClient: (inout TLSClientConfiguration) -> Void = { _ in },
        server changeServer: (inout TLSServerConfiguration) -> Void = { _ in }
    ) throws {
        client = try TLSContext(.fixture(version, changeClient))
        server = try TLSContext(.fixture(version, identity, changeServer))
    }

    /// Contexts whose engines have rings of this capacity.
    init(_ version: TLSVersion, _ identity: Fixtures.Identity = Fixtures.serverECDSA, ringCapacity: Int) throws {
        try self.init(
            version,
            identity,
            client: { $0.parameters.ringCapacity = ringCapacity },
            server: { $0.parameters.ringCapacity = ringCapacity }
        )
    }

    /// An engine of one end.
    func engine(_ end: EnginePair.End) throws -> TLSEngine {
        try TLSEngine(end == .client ? client : server)
    }

    /// Two engines and a link between them.
    func pair(cut: Cut = .whole, seed: UInt64 = 1) throws -> EnginePair {
        EnginePair(try TLSEngine(client), try TLSEngine(server), cut: cut, seed: seed)
    }

    /// The default contexts of each version, shared by all tests.
    static func shared(_ version: TLSVersion) throws -> ContextPair {
        try version == .tls12 ? tls12.get() : tls13.get()
    }

    private static let tls12 = Result { try ContextPair(.tls12) }
    private static let tls13 = Result { try ContextPair(.tls13) }
}

extension EnginePair.End: CaseIterable, CustomTestStringConvertible {
    static let allCases: [EnginePair.End] = [.client, .server]

    var testDescription: String { self == .client ? "client" : "server" }
}
