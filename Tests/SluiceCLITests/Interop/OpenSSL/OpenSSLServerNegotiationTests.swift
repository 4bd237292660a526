import Fixtures
import Testing

extension Interop {
    /// `sluice connect` and `openssl s_server`: what they agree on, and what they refuse.
    @Suite(.needs(.openssl)) struct OpenSSLServerNegotiationTests {
        @Test(arguments: SpokenVersion.allCases)
        func `identities of every kind are verified`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverECDSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try OpenSSLServer([version.opensslOption], identity: identity)
                let outcome = try SluiceClient.run(to: server.address)
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                #expect(outcome.negotiated?.version == version.name)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the server refuses has its alert`(version: SpokenVersion) throws {
            let cases = [
                (["-alpn", "h2"], ["--alpn", "other"], "no_application_protocol"),
                ([version == .tls12 ? "-tls1_3" : "-tls1_2"], version.options, "protocol_version"),
                // Without -no_dhe TLS 1.2 needs no group.
                (["-groups", "P-384", "-no_dhe"], ["--groups", "X25519"], "handshake_failure"),
            ]
            for (theirs, ours, alert) in cases {
                let server = try OpenSSLServer(theirs, identity: Fixtures.serverRSA)
                let outcome = try SluiceClient.run(to: server.address, version.options + ours)
                #expect(outcome.status == 3, "\(theirs): \(outcome.errors)")
                #expect(outcome.errors.contains("[received alert \(alert)]"), "\(theirs): \(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the client refuses has its alert`(version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try OpenSSLServer([version.opensslOption], identity: refusal.identity)
                let outcome = try SluiceClient.run(to: server.address, trusting: refusal.roots)
                #expect(outcome.status == 2, "\(refusal.identity): \(outcome.errors)")
                let words = "alert " + refusal.alert.split(separator: "_").joined(separator: " ")
                #expect(try server.finish().errors.lowercased().contains(words.lowercased()), "\(refusal.identity)")
            }
        }

        @Test(arguments: ["-tls1_1", "-tls1"])
        func `a server of an older version gets no further`(version: String) throws {
            let server = try OpenSSLServer([version, "-cipher", "ALL:@SECLEVEL=0"])
            let outcome = try SluiceClient.run(to: server.address)
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("[received alert protocol_version]"), "\(outcome.errors)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a protocol, a suite and a group are agreed on`(version: SpokenVersion) throws {
            let options = ["-alpn", "http/1.1,h2", "-groups", "P-384:P-256"]
            for suite in version.suites {
                let server = try OpenSSLServer([version.opensslOption] + options)
                let ours = ["--alpn", "h2,http/1.1", "--groups", "X25519,P-256", "--ciphers", suite]
                let outcome = try SluiceClient.run(to: server.address, ours)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.negotiated?.applicationProtocol == "http/1.1")
                #expect(outcome.negotiated?.suite == suite)
                #expect(outcome.negotiated?.names("secp256r1") == true)
                #expect(try server.finish().text.contains("ALPN protocols selected: http/1.1"))
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client says who it is`(version: SpokenVersion) throws {
            let server = try OpenSSLServer([version.opensslOption] + required)
            let outcome = try SluiceClient.run(to: server.address, Fixtures.client.options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try server.finish().text.contains("CN = client"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client without a good certificate is refused`(version: SpokenVersion) throws {
            let none = version == .tls13 ? "certificate_required" : "handshake_failure"
            for (options, alert) in [([], none), (Fixtures.selfSigned.options, "unknown_ca")] {
                let server = try OpenSSLServer([version.opensslOption] + required)
                let client = try SluiceClient(to: server.address, options)
                let outcome = try client.program.finish()
                #expect(outcome.status == 3, "\(outcome.errors)")
                #expect(outcome.errors.contains("[received alert \(alert)]"), "\(outcome.errors)")
            }
        }

        private let required = ["-Verify", "3", "-verify_return_error", "-CAfile", Fixtures.path("root.pem")]
    }
}
