import Fixtures
import Testing

extension Interop.Proxies {
    /// Clients that must say who they are, and be somebody.
    ///
    /// The client's certificate bears `client@sluice.test` and `spiffe://sluice.test/client`.
    @Suite(.needs(.openssl), .needs(.go)) struct RequiredNameTests {
        private func proxy(
            _ mode: String,
            names: String,
            root: String = RouteText.root,
            to server: PlainServer
        ) throws -> RealProxy {
            try RealProxy(
                routes: """
                    - name: members
                      mode: terminate
                      client_auth: {mode: \(mode), \(root), names: [\(names)]}
                      \(RouteText.certificates(Fixtures.serverECDSA))
                      \(RouteText.upstream(server.address))
                    """
            )
        }

        private static let identity = ["cert": Fixtures.client.chainPath, "key": Fixtures.client.keyPath]

        @Test(
            arguments: SpokenVersion.allCases,
            [
                "\"email:client@sluice.test\"", "\"uri:spiffe://sluice.test/client\"", "\"uri:spiffe://sluice.test/*\"",
                "\"*.example.com\", \"email:client@sluice.test\"", "",
            ]
        )
        func `a name that fits comes in`(version: SpokenVersion, names: String) throws {
            let server = try PlainServer(does: "echo")
            let proxy = try proxy("required", names: names, to: server)
            let settings = ["bytes": "1000", "max": version.rawValue].merging(Self.identity) { $1 }
            let reports = try PeerLanguage.go.connect(to: proxy, does: "echo", settings)
            #expect(reports.ends.first?.receivedByteCount == 1000, "\(reports)")
            #expect(try proxy.connection()["client_certificate"]?.contains("client") == true)
        }

        @Test(
            arguments: SpokenVersion.allCases,
            [
                "\"email:somebody@sluice.test\"", "\"uri:spiffe://sluice.test/server/*\"", "\"client\"",
                "\"*.sluice.test\"",
            ]
        )
        func `a name that doesn't fit is told so`(version: SpokenVersion, names: String) throws {
            let server = try PlainServer(does: "echo")
            for mode in ["required", "optional"] {
                let proxy = try proxy(mode, names: names, to: server)
                let settings = ["bytes": "1000", "max": version.rawValue].merging(Self.identity) { $1 }
                let reports = try PeerLanguage.go.connect(to: proxy, does: "echo", settings)
                #expect(reports.failures.first?.alert == "bad_certificate", "\(reports)\(proxy.program.said)")
                #expect(try proxy.connection()["end"] == "handshake_failed")
            }
            #expect(try server.finish().isEmpty)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `without a certificate, or with an unknown one, only what is optional opens`(version: SpokenVersion) throws
        {
            let server = try PlainServer(does: "echo")
            let settings = ["bytes": "1000", "max": version.rawValue]
            let optional = try proxy("optional", names: "\"email:client@sluice.test\"", to: server)
            let free = try PeerLanguage.go.connect(to: optional, does: "echo", settings)
            #expect(free.ends.first?.receivedByteCount == 1000, "\(free)")
            let required = try proxy("required", names: "", to: server)
            let missing = try PeerLanguage.go.connect(to: required, does: "echo", settings)
            let alert = version == .tls13 ? "certificate_required" : "handshake_failure"
            #expect(missing.failures.first?.alert == alert, "\(missing)")
            let stranger = "ca: \"\(Fixtures.path("stranger.pem"))\""
            for mode in ["required", "optional"] {
                let strict = try proxy(mode, names: "", root: stranger, to: server)
                let unknown = try PeerLanguage.go.connect(
                    to: strict,
                    does: "echo",
                    settings.merging(Self.identity) { $1 }
                )
                #expect(unknown.failures.first?.alert == "unknown_ca", "\(unknown)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `revocation lists let in who is on none`(version: SpokenVersion) throws {
            let server = try PlainServer(does: "echo")
            let lists = ["intermediate", "root"].map { "\"\(Fixtures.path("\($0).crl.pem"))\"" }.joined(separator: ", ")
            let proxy = try proxy("required", names: "", root: "\(RouteText.root), crl: [\(lists)]", to: server)
            let good = try PeerLanguage.go.connect(
                to: proxy,
                does: "echo",
                ["bytes": "1000", "max": version.rawValue].merging(Self.identity) { $1 }
            )
            #expect(good.ends.first?.receivedByteCount == 1000, "\(good)")
        }
    }
}
