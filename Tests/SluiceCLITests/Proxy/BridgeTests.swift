import Fixtures
import Testing

extension Interop.Proxies {
    /// TLS on both sides, each verified by itself.
    @Suite(.needs(.curl), .needs(.nginx)) struct BridgeTests {
        /// A bridge that verifies a server under the test root, with more of `upstream_tls`.
        private func bridge(to server: NginxServer, _ more: String, root: String = RouteText.root) throws
            -> RealProxy
        {
            try RealProxy(
                routes: """
                    - name: bridge
                      mode: bridge
                      tls: {alpn: [h2, http/1.1]}
                      \(RouteText.certificates(Fixtures.serverRSA))
                      \(RouteText.upstream(server.address))
                      upstream_tls: {\(root), \(more)}
                    """
            )
        }

        @Test(arguments: SpokenVersion.allCases, SpokenVersion.allCases)
        func `a page comes through two versions of TLS`(client: SpokenVersion, upstream: SpokenVersion) throws {
            let server = try NginxServer(upstream)
            let proxy = try bridge(to: server, "server_name: server.test")
            let outcome = try CurlClient(to: proxy, client, ["--http1.1"]).get("/")
            #expect(outcome.text == "\(upstream.opensslName) . ALPN= client=\n", "\(outcome.errors)")
            let line = try proxy.connection()
            #expect(line["version"] == client.rawValue)
            #expect(line["upstream_version"] == upstream.rawValue)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `the client's name and protocol, and a certificate, go on`(version: SpokenVersion) throws {
            let identity =
                "identity: {certificate: \"\(Fixtures.client.chainPath)\", key: \"\(Fixtures.client.keyPath)\"}"
            let facts = "$ssl_server_name $ssl_alpn_protocol $server_protocol $ssl_client_s_dn $ssl_client_verify"
            let server = try NginxServer(
                version,
                parameters: "http2",
                [
                    "ssl_verify_client on", "ssl_client_certificate \(Fixtures.path("root.pem"))", "ssl_verify_depth 3",
                    "location = /facts { return 200 \"\(facts)\\n\"; }",
                ]
            )
            let proxy = try bridge(to: server, "server_name: from_client, alpn: from_client, \(identity)")
            for (option, name, spoken) in [("--http2", "h2", "HTTP/2.0"), ("--http1.1", "http/1.1", "HTTP/1.1")] {
                let outcome = try CurlClient(to: proxy, version, [option]).get("/facts", host: "server.test")
                let expected = "server.test \(name) \(spoken) CN=client,O=Sluice Test SUCCESS\n"
                #expect(outcome.text == expected, "\(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server that can't prove its name gets nothing`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let stranger = "ca: \"\(Fixtures.path("stranger.pem"))\""
            for (name, root) in [("elsewhere.test", RouteText.root), ("server.test", stranger)] {
                let proxy = try bridge(to: server, "server_name: \(name)", root: root)
                let outcome = try CurlClient(to: proxy, version).get("/")
                #expect(outcome.status != 0 && outcome.output.isEmpty)
                let line = try proxy.connection()
                #expect(line["end"] == "handshake_failed" || line["end"] == "connect_failed")
                #expect(line["side"] == "upstream")
                #expect(line["error"]?.contains("certificate") == true, "\(line)")
            }
        }

        @Test func `who asks for no name isn't led to a server that must have it`() throws {
            let server = try NginxServer(.tls13)
            let proxy = try bridge(to: server, "server_name: from_client")
            let options = ["s_client", "-connect", proxy.address, "-noservername"]
            let outcome = try Software.openssl.run(options, input: Array("GET / HTTP/1.0\r\n\r\n".utf8))
            #expect(!outcome.text.contains("200 OK"))
            #expect(try proxy.connection()["end"] != "completed")
        }
    }
}
