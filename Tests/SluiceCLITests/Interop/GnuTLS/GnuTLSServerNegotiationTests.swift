import Fixtures
import Testing

extension Interop {
    /// `sluice connect` and `gnutls-serv`: what they agree on, and what they refuse.
    @Suite(.needs(.gnutlsServer)) struct GnuTLSServerNegotiationTests {
        private let required = [
            "--echo", "--require-client-cert", "--verify-client-cert", "--x509cafile", Fixtures.path("root.pem"),
        ]

        @Test(arguments: SpokenVersion.allCases)
        func `identities of every kind are verified`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try GnuTLSServer(version, identity: identity)
                let outcome = try SluiceClient.run(to: server.address)
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                #expect(outcome.negotiated?.version == version.name)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the client refuses ends with exit code 2`(version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try GnuTLSServer(version, identity: refusal.identity)
                let outcome = try SluiceClient.run(to: server.address, trusting: refusal.roots)
                #expect(outcome.status == 2, "\(refusal.identity): \(outcome.errors)")
                #expect(outcome.errors.contains("[sent alert \(refusal.alert)]"), "\(outcome.errors)")
                _ = try server.program.errorLine(beginningWith: "Error in handshake: ")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the server refuses has its alert`(version: SpokenVersion) throws {
            let other: SpokenVersion = version == .tls12 ? .tls13 : .tls12
            let cases = [
                (["--alpn", "h2", "--alpn-fatal"], "", ["--alpn", "other"], "no_application_protocol"),
                // GnuTLS has no protocol_version for a client that is known to it but not wanted.
                ([], "", other.options, "handshake_failure"),
                // Without DHE-RSA TLS 1.2 needs a group.
                ([], ":-GROUP-ALL:+GROUP-SECP384R1:-DHE-RSA", ["--groups", "X25519"], "handshake_failure"),
            ]
            for (theirs, groups, ours, alert) in cases {
                let server = try GnuTLSServer(version, ["--echo"] + theirs, groups: groups)
                let outcome = try SluiceClient.run(to: server.address, ours)
                #expect(outcome.status == 3, "\(theirs): \(outcome.errors)")
                #expect(outcome.errors.contains("[received alert \(alert)]"), "\(theirs): \(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a protocol and a group are agreed on`(version: SpokenVersion) throws {
            let groups = ":-GROUP-ALL:+GROUP-SECP384R1"
            let server = try GnuTLSServer(version, ["--echo", "--alpn", "http/1.1"], groups: groups)
            let outcome = try SluiceClient.run(to: server.address, ["--alpn", "h2,http/1.1", "--trace"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.negotiated?.applicationProtocol == "http/1.1")
            #expect(outcome.negotiated?.names("secp384r1") == true)
            let helloCount = outcome.errors.split(separator: "\n").filter { $0.contains(">>   ClientHello") }.count
            #expect(helloCount == (version == .tls13 ? 2 : 1), "TLS 1.3 asks again: HelloRetryRequest")
            #expect(try server.stop().text.contains("Application protocol: http/1.1"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client says who it is`(version: SpokenVersion) throws {
            let server = try GnuTLSServer(version, required)
            let line = Payload.line(8)
            let outcome = try SluiceClient.exchange(line, with: server.address, Fixtures.client.options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == line)
            #expect(try server.stop().text.contains("Subject: CN=client,O=Sluice Test"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client without a good certificate is refused`(version: SpokenVersion) throws {
            // GnuTLS takes an empty list of certificates for a broken one in TLS 1.2.
            let none = version == .tls13 ? "certificate_required" : "decode_error"
            for (options, alert) in [([], none), (Fixtures.selfSigned.options, "access_denied")] {
                let server = try GnuTLSServer(version, required)
                // Its input stays open: bytes that the server doesn't read would reset the connection, alert and all.
                let outcome = try SluiceClient(to: server.address, options).program.finish()
                #expect(outcome.status == 3, "\(outcome.errors)")
                #expect(outcome.errors.contains("[received alert \(alert)]"), "\(outcome.errors)")
            }
        }
    }
}
