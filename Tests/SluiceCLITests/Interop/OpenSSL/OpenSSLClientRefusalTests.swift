import Fixtures
import Testing

extension Interop {
    /// `openssl s_client` and `sluice serve` where one of them has to refuse the other.
    @Suite(.needs(.openssl)) struct OpenSSLClientRefusalTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a revoked server is refused`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"], identity: Fixtures.revoked)
            let lists = ["-crl_check", "-CRL", Fixtures.path("intermediate.crl.pem")]
            let client = try OpenSSLClient(to: server, [version.opensslOption] + lists)
            #expect(try client.program.finish().status == 1)
            #expect(try server.stop().errors.contains("[received alert certificate_revoked]"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client says who it is`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"] + required)
            let client = try OpenSSLClient(to: server, [version.opensslOption] + presenting(Fixtures.client))
            let text = try client.exchange().text
            #expect(text.contains("Acceptable client certificate CA names\nO = Sluice Test, CN = root"))
            #expect(try server.stop().accepted.first?.names("client CN=client") == true)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client without a good certificate is refused`(version: SpokenVersion) throws {
            let none = version == .tls13 ? "certificate required" : "handshake failure"
            let cases = [
                ([], none), (presenting(Fixtures.selfSigned), "unknown ca"),
                (presenting(Fixtures.serverECDSA), "unsupported certificate"),
            ]
            for (options, alert) in cases {
                let server = try SluiceServer(["--echo"] + required)
                let client = try OpenSSLClient(to: server, [version.opensslOption] + options)
                let outcome = try client.program.finish()
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("alert \(alert)"), "\(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the server refuses has its alert`(version: SpokenVersion) throws {
            let cases = [
                (["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], [], "protocol version"),
                ([version.opensslOption], ["--tls-min", "1.3"], "protocol version"),
                (["-tls1_3"], ["--tls-max", "1.2"], "protocol version"),
                ([version.opensslOption, "-alpn", "other"], ["--alpn", "h2"], "no application protocol"),
                ([version.opensslOption, "-sigalgs", "rsa_pss_pss_sha512"], [], "handshake failure"),
            ]
            for (theirs, ours, alert) in cases where theirs != ["-tls1_3"] || version == .tls13 {
                if ours == ["--tls-min", "1.3"], version == .tls13 { continue }
                let server = try SluiceServer(ours)
                let outcome = try OpenSSLClient(to: server, theirs).program.finish()
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("alert \(alert)"), "\(theirs) \(ours): \(outcome.errors)")
            }
        }

        private let required = ["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"]

        private func presenting(_ identity: Fixtures.Identity) -> [String] {
            ["-cert", identity.chainPath, "-key", identity.keyPath, "-cert_chain", Fixtures.path("intermediate.pem")]
        }
    }
}
