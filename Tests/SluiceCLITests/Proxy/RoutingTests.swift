import Fixtures
import Testing

extension Interop.Proxies {
    /// Which certificate and which server a client gets, and which client gets none.
    @Suite(.needs(.openssl), .needs(.go)) struct RoutingTests {
        /// A route with a server of its own that says the route's name.
        private struct NamedServer {
            let server: NginxServer
            init(_ name: String) throws {
                server = try NginxServer(plaintext: "", ["location = / { return 200 \"\(name)\\n\"; }"])
            }
        }

        @Test(.needs(.nginx), .needs(.curl), arguments: SpokenVersion.allCases)
        func `names choose among exact, wildcard and default`(version: SpokenVersion) throws {
            let servers = try ["exact", "wildcard", "default"].map { try NamedServer($0).server }
            let proxy = try RealProxy(
                routes: """
                    - name: default
                      mode: terminate
                      \(RouteText.certificates(Fixtures.serverRSA))
                      \(RouteText.upstream(servers[2].address))
                    - name: wildcard
                      mode: terminate
                      match: {sni: ["*.other.test"]}
                      \(RouteText.certificates(Fixtures.other))
                      \(RouteText.upstream(servers[1].address))
                    - name: exact
                      mode: terminate
                      match: {sni: [server.test]}
                      \(RouteText.certificates(Fixtures.serverECDSA))
                      \(RouteText.upstream(servers[0].address))
                    """
            )
            for (host, route) in [("server.test", "exact"), ("a.other.test", "wildcard"), ("localhost", "default")] {
                let outcome = try CurlClient(to: proxy, version).get("/", host: host)
                #expect(outcome.text == "\(route)\n", "\(outcome.errors)")
            }
            // The wildcard is one label, and the default's certificate isn't for this name.
            let outcome = try CurlClient(to: proxy, version).get("/", host: "a.b.other.test")
            #expect(outcome.status == 60, "\(outcome.errors)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a name chooses among the certificates of a route`(version: SpokenVersion) throws {
            let server = try PlainServer(does: "echo")
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options + Fixtures.other.options + ["--to", server.address]
            )
            for (name, subject) in [("localhost", "server-ecdsa"), ("x.other.test", "other"), ("?", "server-ecdsa")] {
                let options = name == "?" ? ["-noservername"] : ["-servername", name]
                let text = try peek(at: proxy, options + [version.opensslOption]).text
                #expect(text.contains("CN = \(subject)\n") || text.contains("CN=\(subject)\n"), "\(name): \(text)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what a client can verify chooses the kind of key`(version: SpokenVersion) throws {
            let server = try PlainServer(does: "echo")
            let proxy = try RealProxy(
                Fixtures.serverRSA.options + Fixtures.serverECDSA.options + ["--to", server.address]
            )
            for (algorithm, kind) in [("rsa_pss_rsae_sha256", "RSA-PSS"), ("ecdsa_secp256r1_sha256", "ECDSA")] {
                let text = try peek(at: proxy, ["-sigalgs", algorithm, version.opensslOption]).text
                #expect(text.contains("Peer signature type: \(kind)\n"), "\(algorithm): \(text)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `who asks for another name, protocol or from elsewhere is told why`(version: SpokenVersion) throws {
            let server = try PlainServer(does: "echo")
            let refusals = [
                ("sni: [server.test]", ["-servername", "nobody.test"], "unrecognized name", "112"),
                ("sni: [server.test]", ["-noservername"], "unrecognized name", "112"),
                ("alpn: [h2]", ["-alpn", "http/1.1"], "no application protocol", "120"),
                ("clients: [192.0.2.0/24]", ["-servername", "server.test"], "access denied", "49"),
            ]
            for (match, options, words, number) in refusals {
                let proxy = try RealProxy(
                    routes: """
                        - name: only
                          mode: terminate
                          match: {\(match)}
                          \(RouteText.certificates(Fixtures.serverECDSA))
                          \(RouteText.upstream(server.address))
                        """
                )
                let outcome = try peek(at: proxy, options + [version.opensslOption])
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("SSL alert number \(number)"), "\(words): \(outcome.errors)")
                #expect(try proxy.connection()["end"] == "refused")
            }
            #expect(try server.finish().isEmpty)
        }

        /// What `openssl s_client` says of a handshake.
        private func peek(at proxy: RealProxy, _ options: [String]) throws -> Program.Outcome {
            try Software.openssl.run(["s_client", "-connect", proxy.address] + options)
        }
    }
}
