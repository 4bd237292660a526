import Fixtures
import Sluice

// Configurations of the test PKI, at a time when it is valid.

extension TLSClientConfiguration {
    /// A client of `server.test` that trusts the test root.
    static func fixture(
        _ version: TLSVersion? = nil,
        serverName: ServerName = "server.test",
        _ change: (inout TLSClientConfiguration) -> Void = { _ in }
    ) -> TLSClientConfiguration {
        var configuration = TLSClientConfiguration.client(to: serverName)
        configuration.verification = .roots(.fixture)
        configuration.parameters.time = .fixture
        if let version { configuration.parameters.versions = version...version }
        change(&configuration)
        return configuration
    }
}

extension TLSServerConfiguration {
    /// A server with one identity of the test PKI.
    static func fixture(
        _ version: TLSVersion? = nil,
        _ identity: Fixtures.Identity = Fixtures.serverECDSA,
        _ change: (inout TLSServerConfiguration) -> Void = { _ in }
    ) -> TLSServerConfiguration {
        var configuration = TLSServerConfiguration.server(.fixture(identity))
        configuration.parameters.time = .fixture
        if let version { configuration.parameters.versions = version...version }
        change(&configuration)
        return configuration
    }
}

extension UnixTime {
    /// When every certificate of the test PKI is valid that should be.
    static let fixture = UnixTime(secondsSince1970: Fixtures.now)
}

extension TrustRoots {
    /// The root of the test PKI.
    static var fixture: TrustRoots {
        do { return try .pem(Fixtures.root) } catch { fatalError("the fixture root is damaged: \(error)") }
    }
}

extension TLSIdentity {
    /// An identity of the test PKI.
    static func fixture(_ identity: Fixtures.Identity) -> TLSIdentity {
        do {
            return try TLSIdentity(pemChain: identity.chain, pemKey: identity.key)
        } catch {
            fatalError("the fixture \(identity) is damaged: \(error)")
        }
    }
}
