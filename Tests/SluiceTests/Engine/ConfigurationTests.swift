import Fixtures
import Sluice
import Testing

struct ConfigurationTests {
    @Test(arguments: [
        \TLSParameters.cipherSuites as WritableKeyPath & Sendable, \.tls12CipherSuites,
    ])
    func `an unknown cipher suite is named by the error, among good ones too`(
        list: WritableKeyPath<TLSParameters, [CipherSuite]> & Sendable
    ) throws {
        let good: CipherSuite =
            list == \TLSParameters.cipherSuites ? "TLS_AES_128_GCM_SHA256" : "ECDHE-ECDSA-AES128-GCM-SHA256"
        let error = try #require(refusal { $0[keyPath: list] = [good, "TLS_NO_SUCH_SUITE"] })
        #expect(error.code == .invalidConfiguration && error.fault == .caller)
        #expect(error.words.contains("TLS_NO_SUCH_SUITE"))
    }

    @Test(arguments: ["secp111r1", "", "X25519:P-256", "X25519,P-256"])
    func `an unknown group is named by the error`(name: String) throws {
        let error = try #require(refusal { $0.groups = ["X25519", NamedGroup(name)] })
        #expect(error.code == .invalidConfiguration && error.words.contains("\"\(name)\""))
    }

    @Test func `an unknown signature algorithm is named by the error`() throws {
        let error = try #require(refusal { $0.signatureAlgorithms = ["ecdsa_secp256r1_sha256", "rot13"] })
        #expect(error.code == .invalidConfiguration && error.words.contains("rot13"))
    }

    @Test(arguments: [-1, 0, 1023, 16 * 1024 * 1024 + 1, .max])
    func `a ring capacity out of range is refused`(capacity: Int) throws {
        let error = try #require(refusal { $0.ringCapacity = capacity })
        #expect(error.code == .invalidConfiguration && error.words.contains("\(capacity)"))
    }

    @Test(arguments: [-1, 6])
    func `a security level out of range is refused`(level: Int) throws {
        let error = try #require(refusal { $0.securityLevel = level })
        #expect(error.code == .invalidConfiguration && error.words.contains("\(level)"))
    }

    @Test func `a server without an identity is refused`() throws {
        let error = #expect(throws: TLSError.self) { _ = try TLSContext(TLSServerConfiguration(identities: [])) }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func `an identity too weak for the security level is refused`() throws {
        let error = #expect(throws: TLSError.self) {
            _ = try TLSContext(TLSServerConfiguration.fixture(nil, Fixtures.weak))
        }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func `every identity is tried, not only the default`() throws {
        #expect(throws: TLSError.self) {
            _ = try TLSContext(
                TLSServerConfiguration.fixture {
                    $0.identities = [.fixture(Fixtures.other), .fixture(Fixtures.serverRSA)]
                    $0.parameters.securityLevel = 3
                }
            )
        }
    }

    @Test func `a role's decision is refused in the other role`() throws {
        #expect(throws: TLSError.self) {
            _ = try TLSContext(TLSClientConfiguration.fixture { $0.parameters.decisions = .clientHello })
        }
        #expect(throws: TLSError.self) {
            _ = try TLSContext(TLSServerConfiguration.fixture { $0.parameters.decisions = .clientIdentity })
        }
    }

    @Test(arguments: [0, 1, 15, 47, 49, 79, 81])
    func `a ticket key of another length than 48 or 80 is none`(count: Int) {
        #expect(SessionTicketKey(bytes: Array(repeating: 1, count: count)) == nil)
    }

    @Test(arguments: [0, 256])
    func `an application protocol has 1 to 255 bytes`(count: Int) {
        #expect(ApplicationProtocol(Array(repeating: 97, count: count)) == nil)
        #expect(ApplicationProtocol(Array(repeating: 97, count: 255)) != nil)
    }

    /// What is wrong with a client's parameters.
    private func refusal(_ change: (inout TLSParameters) -> Void) -> TLSError? {
        let configuration = TLSClientConfiguration.fixture { change(&$0.parameters) }
        do throws(TLSError) {
            _ = try TLSContext(configuration)
            return nil
        } catch {
            return error
        }
    }
}
