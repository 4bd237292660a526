import Fixtures
import Testing

extension Interop.Proxies {
    /// The clients' TLS untouched.
    @Suite(.needs(.curl), .needs(.nginx)) struct PassThroughTests {
        @Test(arguments: SpokenVersion.allCases)
        func `clients see the certificate of the server that their name leads to`(version: SpokenVersion) throws {
            let one = try NginxServer(version, parameters: "http2", identity: Fixtures.serverECDSA)
            let other = try NginxServer(version, identity: Fixtures.other)
            let proxy = try RealProxy(
                routes: """
                    - name: one
                      mode: pass_through
                      match: {sni: [server.test, localhost]}
                      \(RouteText.upstream(one.address))
                    - name: other
                      mode: pass_through
                      match: {sni: ["*.other.test"]}
                      \(RouteText.upstream(other.address))
                    """
            )
            let first = try CurlClient(to: proxy, version, ["--http2"]).get("/", saying: "%{http_version}")
            #expect(first.text == "\(version.opensslName) . ALPN=h2 client=\n2\n", "\(first.errors)")
            let second = try CurlClient(to: proxy, version).get("/big", host: "a.other.test")
            #expect(second.status == 0, "\(second.errors)")
            #expect(Payload.digest(second.output) == Payload.digest(Payload.pattern(5_000_000)))
            let third = try CurlClient(to: proxy, version).get("/", host: "nobody.test")
            #expect(third.status == 35 && third.errors.contains("unrecognized name"), "\(third.errors)")
            let line = try proxy.connection(with: " route=other")
            #expect(line["sni"] == "a.other.test")
            #expect(line["version"] == nil)
        }

        @Test(.needs(.gnutlsClient), arguments: SpokenVersion.allCases)
        func `a client's certificate reaches the server`(version: SpokenVersion) throws {
            let server = try NginxServer(
                version,
                ["ssl_verify_client on", "ssl_client_certificate \(Fixtures.path("root.pem"))", "ssl_verify_depth 3"]
            )
            let proxy = try RealProxy(["--mode", "pass-through", "--to", server.address])
            let identity = ["--cert", Fixtures.client.chainPath, "--key", Fixtures.client.keyPath]
            let outcome = try CurlClient(to: proxy, version, identity).get("/")
            #expect(outcome.text.hasSuffix("client=CN=client,O=Sluice Test\n"), "\(outcome.errors)")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `every language speaks to a server in Go`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(.go, does: "echo", ["max": version.rawValue])
            let proxy = try RealProxy(["--mode", "pass-through", "--to", server.address])
            let settings = ["bytes": "100000", "times": "2"]
            let reports = try language.connect(to: proxy, does: "echo", settings)
            let digest = Payload.digest(Payload.pattern(100_000))
            #expect(reports.ends.map(\.digest) == [digest, digest], "\(reports)")
            // The server's own tickets; Java has none to offer in TLS 1.2.
            let resumed = try server.finish().handshakes.map(\.isResumed)
            #expect(resumed == [false, language != .java || version == .tls13], "\(reports)")
        }
    }
}
