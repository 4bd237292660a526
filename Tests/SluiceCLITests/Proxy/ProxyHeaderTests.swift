import Fixtures
import SluicePreamble
import Testing

extension Interop.Proxies {
    /// The PROXY protocol, from other proxies and to servers.
    @Suite(.needs(.curl), .needs(.nginx)) struct ProxyHeaderTests {
        private func nginx(_ parameters: String = "", _ variable: String) throws -> NginxServer {
            try NginxServer(plaintext: parameters, ["location = / { return 200 \"\(variable)\\n\"; }"])
        }

        @Test(arguments: ["v1", "v2"])
        func `nginx learns who the client is`(version: String) throws {
            let server = try nginx("proxy_protocol", "$proxy_protocol_addr $proxy_protocol_server_port")
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options + ["--to", server.address, "--send-proxy", version]
            )
            let outcome = try CurlClient(to: proxy, .tls13).get("/")
            #expect(outcome.text == "127.0.0.1 \(proxy.port)\n", "\(outcome.errors)")
        }

        @Test(.needs(.python)) func `curl says who the client is, and the log and nginx know it`() throws {
            let server = try nginx("proxy_protocol", "$proxy_protocol_addr")
            let trust = ["--accept-proxy", "any", "--trusted-source", "127.0.0.0/8"]
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options + trust + ["--to", server.address, "--send-proxy", "v2"]
            )
            let outcome = try CurlClient(to: proxy, .tls13, ["--haproxy-protocol"]).get("/")
            #expect(outcome.text == "127.0.0.1\n", "\(outcome.errors)")
            let header = "PROXY TCP4 192.0.2.7 198.51.100.9 50001 443\r\n"
            let told = try Self.exchange(header, with: proxy)
            #expect(told.contains("192.0.2.7\n"))
            let line = try proxy.connection(with: "192.0.2.7")
            #expect(line["client"] == "192.0.2.7:50001")
            #expect(line["peer"]?.hasPrefix("127.0.0.1:") == true)
        }

        @Test(.needs(.haproxy), .needs(.setsid), arguments: ["send-proxy", "send-proxy-v2"])
        func `HAProxy says who the client is`(option: String) throws {
            let server = try nginx("proxy_protocol", "$proxy_protocol_addr $proxy_protocol_server_port")
            let trust = ["--accept-proxy", "any", "--trusted-source", "127.0.0.1"]
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options + trust + ["--to", server.address, "--send-proxy", "v1"]
            )
            let front = try HAProxyFront(before: proxy.address, option)
            let outcome = try CurlClient(to: front, .tls13).get("/")
            #expect(outcome.text == "127.0.0.1 \(front.port)\n", "\(outcome.errors)")
            // Another one is whoever tried whether HAProxy was there yet; it said nothing.
            #expect(try proxy.connection(with: " version=")["peer"]?.hasPrefix("127.0.0.1:") == true)
        }

        @Test func `who isn't trusted can't say who they are, and needn't`() throws {
            let server = try nginx("proxy_protocol", "$proxy_protocol_addr")
            let trust = ["--accept-proxy", "any", "--trusted-source", "192.0.2.0/24"]
            let proxy = try RealProxy(
                Fixtures.serverECDSA.options + trust + ["--to", server.address, "--send-proxy", "v1"]
            )
            let honest = try CurlClient(to: proxy, .tls13).get("/")
            #expect(honest.text == "127.0.0.1\n", "\(honest.errors)")
            let liar = try CurlClient(to: proxy, .tls13, ["--haproxy-protocol"]).get("/")
            #expect(liar.status == 35, "\(liar.errors)")
            #expect(try proxy.connection(with: " end=not_tls")["client"]?.hasPrefix("127.0.0.1:") == true)
        }

        @Test func `who is trusted must say it`() throws {
            let server = try nginx("", "page")
            let trust = ["--accept-proxy", "v2", "--trusted-source", "127.0.0.1"]
            let proxy = try RealProxy(Fixtures.serverECDSA.options + trust + ["--to", server.address])
            #expect(try CurlClient(to: proxy, .tls13).get("/").status == 35)
            // Version 1 isn't taken either.
            #expect(try CurlClient(to: proxy, .tls13, ["--haproxy-protocol"]).get("/").status == 35)
        }

        /// A page asked for behind a header, by Python.
        private static func exchange(_ header: String, with proxy: RealProxy) throws -> String {
            let script = """
                import socket, ssl, sys
                port, header, roots = sys.argv[1:]
                raw = socket.create_connection(("127.0.0.1", int(port)), 20)
                raw.sendall(header.encode())
                tls = ssl.create_default_context(cafile=roots).wrap_socket(raw, server_hostname="localhost")
                tls.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
                while piece := tls.recv(65536): sys.stdout.write(piece.decode())
                """
            return try Software.python.run(["-c", script, proxy.port, header, Fixtures.path("root.pem")]).text
        }
    }
}

/// `haproxy` that sends clients on with a header, and leaves their TLS alone.
struct HAProxyFront: Listening {
    let address: String
    private let server: RealServer

    init(before server: String, _ option: String) throws {
        let home = try ServerHome()
        self.server = try RealServer(.haproxy, in: home) { port in
            let text = """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                listen front
                    bind 127.0.0.1:\(port)
                    server next \(server) \(option)

                """
            return ["-db", "-f", try home.write(text, to: "haproxy.cfg")]
        }
        address = self.server.address
    }
}

extension Software {
    static let haproxy = Software(executable: "haproxy", debianPackage: "haproxy")
}
