import Fixtures
import Testing

extension Interop {
    /// The peer programs and `sluice serve` where one of them has to refuse the other.
    @Suite struct LanguageClientRefusalTests {
        private let required = ["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"]

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `clients refuse what they can't verify`(language: PeerLanguage, version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try SluiceServer(["--echo"], identity: refusal.identity)
                let settings = ["max": version.rawValue, "bytes": "1"]
                let reports = try language.connect(to: server, does: "echo", trusting: refusal.roots, settings)
                #expect(reports.failures.count == 1, "\(refusal.identity): \(reports)")
                let outcome = try server.stop()
                #expect(outcome.status == 0)
                #expect(outcome.errors.contains("[received alert ") || language == .node, "\(outcome.errors)")
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client with a good certificate is named`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"] + required)
            let settings = ["cert": Fixtures.client.chainPath, "key": Fixtures.client.keyPath, "bytes": "1"]
            let reports = try language.connect(
                to: server,
                does: "echo",
                settings.merging(["max": version.rawValue]) { $1 }
            )
            #expect(reports.ends.first?.receivedByteCount == 1, "\(reports)")
            #expect(try server.stop().accepted.first?.names("client CN=client") == true)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client that may say who it is needn't`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo", "--client-ca", Fixtures.path("root.pem")])
            let reports = try language.connect(to: server, does: "echo", ["max": version.rawValue, "bytes": "1"])
            #expect(reports.ends.first?.receivedByteCount == 1, "\(reports)")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client without a certificate is told`(language: PeerLanguage, version: SpokenVersion) throws {
            let alert = try alert(to: language, ["max": version.rawValue])
            #expect(alert == (version == .tls13 ? "certificate_required" : "handshake_failure"))
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client of another authority is told`(language: PeerLanguage, version: SpokenVersion) throws {
            if language == .java { try Test.cancel("JSSE presents no certificate of an authority that wasn't named") }
            let identity = Fixtures.selfSigned
            let settings = ["max": version.rawValue, "cert": identity.chainPath, "key": identity.keyPath]
            #expect(try alert(to: language, settings) == "unknown_ca")
        }

        @Test(arguments: PeerLanguage.allCases)
        func `versions that don't meet are told apart`(language: PeerLanguage) throws {
            for (option, setting) in [("--tls-min", ["max": "1.2"]), ("--tls-max", ["min": "1.3"])] {
                let server = try SluiceServer([option, option == "--tls-min" ? "1.3" : "1.2"])
                let reports = try language.connect(to: server, does: "send", setting)
                #expect(reports.failures.first?.alert == "protocol_version", "\(reports)")
            }
        }

        @Test(arguments: [PeerLanguage.go, .python, .node])
        func `a client of TLS 1.1 is told protocol_version`(language: PeerLanguage) throws {
            let server = try SluiceServer([])
            let reports = try language.connect(to: server, does: "send", ["min": "1.0", "max": "1.1"])
            #expect(reports.failures.first?.alert == "protocol_version", "\(reports)")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `no protocol in common ends the handshake`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--alpn", "h2"])
            let reports = try language.connect(to: server, does: "send", ["max": version.rawValue, "alpn": "other"])
            #expect(reports.failures.first?.alert == "no_application_protocol", "\(reports)")
        }

        /// The alert to a client that a server refuses for its certificate, or for having none.
        private func alert(to language: PeerLanguage, _ settings: [String: String]) throws -> String? {
            let server = try SluiceServer(["--echo"] + required)
            // The client only reads: bytes that the server doesn't read would reset the connection, alert and all.
            let reports = try language.connect(to: server, does: "send", settings)
            #expect(reports.failures.count == 1, "\(reports)")
            #expect(try server.stop().status == 0)
            return reports.failures.first?.alert
        }
    }
}
