import Fixtures
import Testing

extension Interop.Proxies {
    /// TLS from clients, plaintext to servers.
    @Suite struct TerminateTests {
        @Test(.needs(.curl), .needs(.nginx), arguments: SpokenVersion.allCases)
        func `curl speaks HTTP 1 and 2 to servers chosen by ALPN`(version: SpokenVersion) throws {
            let page = "location = / { return 200 \"$server_protocol $http_host\\n\"; }"
            let first = try NginxServer(plaintext: "", [page])
            let second = try NginxServer(plaintext: "http2", [page])
            let proxy = try RealProxy(
                routes: """
                    - name: two
                      mode: terminate
                      match: {alpn: [h2]}
                      tls: {alpn: [h2]}
                      \(RouteText.certificates(Fixtures.serverECDSA))
                      \(RouteText.upstream(second.address))
                    - name: one
                      mode: terminate
                      tls: {alpn: [http/1.1]}
                      \(RouteText.certificates(Fixtures.serverECDSA))
                      \(RouteText.upstream(first.address))
                    """
            )
            let one = try CurlClient(to: proxy, version, ["--http1.1"]).get("/", saying: "%{http_version}")
            #expect(one.text == "HTTP/1.1 localhost\n1.1\n", "\(one.errors)")
            let two = try CurlClient(to: proxy, version, ["--http2"]).get("/", "/big", saying: "%{http_version}")
            #expect(two.output.starts(with: Array("HTTP/2.0 localhost\n2\n".utf8)), "\(two.errors)")
            #expect(two.output.count == 5_000_000 + "HTTP/2.0 localhost\n2\n2\n".utf8.count)
            let line = try proxy.connection(with: " route=two")
            #expect(line["version"] == version.rawValue)
            #expect(line["alpn"] == "h2")
            #expect(line["sni"] == "localhost")
        }

        @Test(.needs(.go), arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `bytes go there and back in every language`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PlainServer(does: "echo")
            let proxy = try RealProxy(Fixtures.serverECDSA.options + ["--to", server.address])
            let settings = ["bytes": "1000000", "min": version.rawValue, "max": version.rawValue]
            let reports = try language.connect(to: proxy, does: "echo", settings)
            let digest = Payload.digest(Payload.pattern(1_000_000))
            #expect(reports.handshakes.first?.version == version.rawValue)
            #expect(reports.ends.map(\.digest) == [digest], "\(reports)")
            #expect(reports.ends.first?.ending == "close_notify" || language.tellsNoTruncation)
            #expect(try proxy.connection()["end"] == "completed")
            #expect(try server.finish().ends.map(\.digest) == [digest])
        }

        @Test(.needs(.openssl), .needs(.gnutlsClient), .needs(.socat), arguments: SpokenVersion.allCases)
        func `openssl and gnutls-cli speak to a command`(version: SpokenVersion) throws {
            let server = try Socat(to: "EXEC:cat")
            let proxy = try RealProxy(Fixtures.serverRSA.options + ["--to", "127.0.0.1:\(server.port)"])
            let openssl = try OpenSSLClient(to: proxy, [version.opensslOption]).exchange()
            #expect(openssl.status == 0 && openssl.text.contains("Verify return code: 0 (ok)"))
            let line = Payload.line(1_000)
            let gnutls = try GnuTLSClient(to: proxy, version).exchange(line)
            expectSame(gnutls.output, line)
            #expect(gnutls.status == 0)
        }

        @Test(.needs(.h2load), .needs(.nghttpd), .needs(.setsid), arguments: [100])
        func `h2load has many streams at once`(streams: Int) throws {
            let pages = try TemporaryDirectory()
            _ = try pages.write(Payload.pattern(20_000), to: "page")
            try ServerUser.current.own(pages.path(""))
            let server = try RealServer(.nghttpd, in: ServerHome()) { port in
                ["--no-tls", "-a", "127.0.0.1", "-d", pages.path(""), "\(port)"]
            }
            let proxy = try RealProxy(Fixtures.serverECDSA.options + ["--alpn", "h2", "--to", server.address])
            let load = ["-n", "2000", "-c", "4", "-m", "\(streams)", "https://\(proxy.address)/page"]
            let outcome = try Software.h2load.run(load)
            #expect(outcome.text.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(outcome.text)")
            #expect(outcome.text.contains("(40000000) data"), "\(outcome.text)")
        }
    }
}

extension Software {
    static let nghttpd = Software(executable: "nghttpd", debianPackage: "nghttp2-server")
    static let h2load = Software(executable: "h2load", debianPackage: "nghttp2-client")
}
