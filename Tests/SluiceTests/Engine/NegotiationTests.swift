import Fixtures
import Sluice
import Testing

struct NegotiationTests {
    @Test(arguments: TLSVersion.allCases)
    func `a server takes the first of its protocols that the client offers`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.applicationProtocols = ["http/1.1", "h2"] },
            server: .fixture(version) { $0.parameters.applicationProtocols = ["spdy/3", "h2", "http/1.1"] }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.summary?.applicationProtocol == "h2")
        #expect(outcome.server.summary?.applicationProtocol == "h2")
    }

    @Test(arguments: TLSVersion.allCases)
    func `without a protocol in common the handshake ends with no_application_protocol`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.applicationProtocols = ["h2"] },
            server: .fixture(version) { $0.parameters.applicationProtocols = ["imap"] }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.server.failure?.code == .negotiationFailed)
        #expect(outcome.server.failure?.alert == TLSError.Alert(.noApplicationProtocol, sentBy: .local))
        #expect(outcome.client.failure?.code == .alertReceived)
        #expect(outcome.client.failure?.alert == TLSError.Alert(.noApplicationProtocol, sentBy: .peer))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a server without protocols ignores the client's`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.applicationProtocols = ["h2"] },
            server: .fixture(version)
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.state == .open)
        #expect(outcome.client.summary != nil && outcome.client.summary?.applicationProtocol == nil)
    }

    @Test(arguments: [
        ("TLS_AES_256_GCM_SHA384", TLSVersion.tls13), ("TLS_CHACHA20_POLY1305_SHA256", .tls13),
        ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", .tls12), ("ECDHE-ECDSA-CHACHA20-POLY1305", .tls12),
    ])
    func `the configured suite is the one spoken`(suite: String, version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) {
                if version == .tls13 {
                    $0.parameters.cipherSuites = [CipherSuite(suite)]
                } else {
                    $0.parameters.tls12CipherSuites = [CipherSuite(suite)]
                }
            },
            server: .fixture(version)
        )
        pair.settle()
        let spoken = try #require(pair.outcome().server.summary?.cipherSuite.name)
        #expect(spoken == suite || spoken == "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")
    }

    @Test func `a group that only the server lacks costs a HelloRetryRequest and no more`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) {
                $0.parameters.groups = ["X25519", "P-384"]
                $0.parameters.observations = .messages
            },
            server: .fixture(.tls13) { $0.parameters.groups = ["P-384"] }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.summary?.group == "secp384r1")
        #expect(outcome.client.summary?.flightsSent == 3 && outcome.client.summary?.flightsReceived == 2)
        let sent = pair.clientEvents().compactMap { event -> UInt8? in
            if case .message(let message) = event, message.direction == .sent { message.type } else { nil }
        }
        #expect(sent == [1, 1, 20])
    }

    @Test(arguments: TLSVersion.allCases)
    func `without a group in common there is no connection`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) {
                $0.parameters.groups = ["P-256"]
                $0.parameters.tls12CipherSuites = ["ECDHE-RSA-AES128-GCM-SHA256"]
            },
            server: .fixture(version, Fixtures.serverRSA) { $0.parameters.groups = ["X25519"] }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.server.failure?.code == .negotiationFailed && outcome.server.failure?.fault == .peer)
        #expect(outcome.client.failure?.alert == TLSError.Alert(.handshakeFailure, sentBy: .peer))
    }

    @Test(arguments: [(TLSVersion.tls12, TLSVersion.tls13), (.tls13, .tls12)])
    func `without a version in common the server answers protocol_version`(
        client: TLSVersion,
        server: TLSVersion
    ) throws {
        var pair = try EnginePair(client: .fixture(client), server: .fixture(server))
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.server.failure?.alert == TLSError.Alert(.protocolVersion, sentBy: .local))
        #expect(outcome.client.failure?.alert == TLSError.Alert(.protocolVersion, sentBy: .peer))
    }

    @Test(arguments: [
        (Fixtures.serverECDSA, TLSVersion.tls13, "ecdsa_secp256r1_sha256"),
        (Fixtures.serverECDSA, .tls12, "ecdsa_secp256r1_sha256"),
        (Fixtures.serverRSA, .tls13, "rsa_pss_rsae_sha256"), (Fixtures.serverRSA, .tls12, "rsa_pss_rsae_sha256"),
        (Fixtures.serverEd25519, .tls13, "ed25519"), (Fixtures.serverEd25519, .tls12, "ed25519"),
    ])
    func `each kind of key signs, and both ends name the algorithm`(
        identity: Fixtures.Identity,
        version: TLSVersion,
        algorithm: String
    ) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version, identity))
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.summary?.signatureAlgorithm?.name == algorithm)
        #expect(outcome.server.summary?.signatureAlgorithm?.name == algorithm)
    }

    @Test func `the configured signature algorithm is the one used`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) { $0.parameters.signatureAlgorithms = ["rsa_pss_rsae_sha512"] },
            server: .fixture(.tls13, Fixtures.serverRSA)
        )
        pair.settle()
        #expect(pair.outcome().client.summary?.signatureAlgorithm == "rsa_pss_rsae_sha512")
    }

    @Test(arguments: [
        ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"),
        ("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"),
        ("TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256"), ("TLS_NOTHING", "TLS_NOTHING"),
    ])
    func `a suite has OpenSSL's name, too`(name: String, expected: String) {
        #expect(CipherSuite(name).openSSLName == expected)
    }
}
