import Fixtures
import Testing

extension Interop {
    /// `gnutls-cli` and `sluice serve`: what they agree on, and what they refuse.
    @Suite(.needs(.gnutlsClient)) struct GnuTLSClientNegotiationTests {
        private let required = ["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"]

        @Test(arguments: SpokenVersion.allCases)
        func `identities of every kind are verified`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try SluiceServer(["--echo"], identity: identity)
                let client = try GnuTLSClient(to: server, version)
                let outcome = try client.exchange()
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                #expect(try client.log().contains("subject `CN=\(identity),O=Sluice Test'"))
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `clients refuse what they can't verify`(version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try SluiceServer(["--echo"], identity: refusal.identity)
                let client = try GnuTLSClient(to: server, version, trusting: refusal.roots)
                #expect(try client.program.finish().status == 1, "\(refusal.identity)")
                let outcome = try server.stop()
                #expect(outcome.status == 0)
                #expect(outcome.errors.contains("[received alert bad_certificate]"), "\(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `an application protocol is agreed on`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo", "--alpn", "h2,http/1.1"])
            for (offer, choice) in [(["http/1.1", "h2"], "h2"), (["other", "http/1.1"], "http/1.1")] {
                let client = try GnuTLSClient(to: server, version, offer.flatMap { ["--alpn", $0] })
                #expect(try client.exchange().status == 0)
                #expect(try client.log().contains("- Application protocol: \(choice)\n"))
            }
            #expect(try server.stop().accepted.map(\.applicationProtocol) == ["h2", "http/1.1"])
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the server refuses has its alert`(version: SpokenVersion) throws {
            let other: SpokenVersion = version == .tls12 ? .tls13 : .tls12
            let cases = [
                (["--alpn", "h2"], ["--alpn", "other"], 120),
                (other.options, [], 70),
                (required, [], version == .tls13 ? 116 : 40),
            ]
            for (ours, theirs, alert) in cases {
                let server = try SluiceServer(["--echo"] + ours)
                let client = try GnuTLSClient(to: server, version, theirs)
                #expect(try client.program.finish().status == 1, "\(ours)")
                #expect(try client.log().contains("*** Received alert [\(alert)]"), "\(ours)")
                #expect(try server.stop().status == 0)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client with a good certificate is named`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"] + required)
            let identity = ["--x509certfile", Fixtures.client.chainPath, "--x509keyfile", Fixtures.client.keyPath]
            let outcome = try GnuTLSClient(to: server, version, identity).exchange()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try server.stop().accepted.first?.names("client CN=client") == true)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client is asked again for the server's group`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo", "--groups", "P-521", "--trace"], identity: Fixtures.serverRSA)
            #expect(try GnuTLSClient(to: server, version).exchange().status == 0)
            let outcome = try server.stop()
            #expect(outcome.accepted.first?.names("secp521r1") == true)
            let helloCount = outcome.errors.split(separator: "\n").filter { $0.contains("<<   ClientHello") }.count
            #expect(helloCount == (version == .tls13 ? 2 : 1), "TLS 1.3 asks again: HelloRetryRequest")
        }
    }
}
