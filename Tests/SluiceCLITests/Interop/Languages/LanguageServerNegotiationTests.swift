import Fixtures
import Testing

extension Interop {
    /// `sluice connect` and the peer programs: identities, protocols, suites, groups and sessions.
    @Suite struct LanguageServerNegotiationTests {
        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `identities of every kind are verified`(language: PeerLanguage, version: SpokenVersion) throws {
            let kinds = [
                (Fixtures.serverRSA, "rsa_pss_rsae_sha256"), (Fixtures.serverECDSA, "ecdsa_secp256r1_sha256"),
                (Fixtures.serverEd25519, "ed25519"), (Fixtures.longChain, nil),
            ]
            for (identity, signature) in kinds {
                let server = try PeerServer(language, does: "echo", identity: identity, ["max": version.rawValue])
                let outcome = try SluiceClient.exchange([1], with: server.address)
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                let negotiated = try #require(outcome.negotiated)
                #expect(signature.map { negotiated.names($0) } ?? true, "\(identity): \(negotiated.parts)")
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `an application protocol is agreed on`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue, "alpn": "h2,http/1.1"])
            let outcomes = try [["--alpn", "http/1.1,other"], ["--alpn", "h2"], []].map {
                try SluiceClient.exchange([1], with: server.address, $0)
            }
            #expect(outcomes.map { $0.negotiated?.applicationProtocol } == ["http/1.1", "h2", nil])
            #expect(try server.finish().handshakes.map(\.applicationProtocol) == ["http/1.1", "h2", ""])
        }

        @Test(arguments: [PeerLanguage.go, .node, .java], SpokenVersion.allCases)
        func `no protocol in common ends the handshake`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue, "alpn": "h2"])
            // Go lets http/1.1 pass where only h2 is spoken.
            let outcome = try SluiceClient.run(to: server.address, ["--alpn", "other"])
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("[received alert no_application_protocol]"), "\(outcome.errors)")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `the suites asked for are used`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue])
            for suite in version.suites {
                let outcome = try SluiceClient.exchange([1], with: server.address, ["--ciphers", suite])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.negotiated?.suite == suite)
            }
            let suites = try server.finish().handshakes.compactMap(\.suite)
            #expect(suites == version.suites || language.namesSuitesLikeOpenSSL)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a server's only group is found`(language: PeerLanguage, version: SpokenVersion) throws {
            // In TLS 1.2 a P-256 certificate would ask for P-256 among the groups.
            let settings = ["max": version.rawValue, "group": "P-384"]
            let server = try PeerServer(language, does: "echo", identity: Fixtures.serverRSA, settings)
            let options = ["--groups", "X25519,P-384", "--trace"]
            let outcome = try SluiceClient.exchange([1], with: server.address, options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.negotiated?.names("secp384r1") == true, "\(outcome.negotiated?.parts ?? [])")
            let helloCount = outcome.errors.split(separator: "\n").filter { $0.contains(">>   ClientHello") }.count
            #expect(helloCount == (version == .tls13 ? 2 : 1), "TLS 1.3 asks again: HelloRetryRequest")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a session in a file is resumed`(language: PeerLanguage, version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue])
            let outcomes = try (0..<3).map { _ in
                try SluiceClient.exchange([1], with: server.address, ["--session", directory.path("session")])
            }
            #expect(outcomes.map(\.status) == [0, 0, 0], "\(outcomes.map(\.errors))")
            #expect(outcomes.map { $0.negotiated?.isResumed } == [false, true, true])
            let resumed = try server.finish().handshakes.compactMap(\.isResumed)
            #expect(resumed == [false, true, true] || language == .java)
        }
    }
}

extension SpokenVersion {
    /// Suites that every peer has, by the RFCs' names, with an ECDSA certificate.
    var suites: [String] {
        switch self {
        case .tls12:
            [
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            ]
        case .tls13: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]
        }
    }
}
