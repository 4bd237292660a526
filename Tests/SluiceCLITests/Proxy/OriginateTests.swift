import Fixtures
import Testing

extension Interop.Proxies {
    /// Plaintext from clients, TLS to servers.
    @Suite struct OriginateTests {
        /// A proxy before a server that it calls `localhost`.
        private func originate(
            to address: String,
            _ options: [String] = [],
            trusting root: String = Fixtures.path("root.pem"),
            name: String = "localhost"
        ) throws -> RealProxy {
            let upstream = ["--to", address, "--upstream-ca", root, "--upstream-name", name]
            return try RealProxy(["--mode", "originate"] + upstream + options)
        }

        /// `curl` without TLS.
        private func get(_ path: String, from proxy: RealProxy, _ options: [String] = []) throws -> Program.Outcome {
            let own = ["-q", "--silent", "--show-error", "--noproxy", "*", "--max-time", "30"]
            return try Software.curl.run(own + options + ["http://\(proxy.address)\(path)"])
        }

        @Test(.needs(.curl), .needs(.nginx), arguments: SpokenVersion.allCases)
        func `curl without TLS gets what nginx has with it`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let proxy = try originate(to: server.address)
            let outcome = try get("/", from: proxy)
            #expect(outcome.text == "\(version.opensslName) . ALPN= client=\n", "\(outcome.errors)")
            let big = try get("/big", from: proxy)
            #expect(Payload.digest(big.output) == Payload.digest(Payload.pattern(5_000_000)))
            // The session of the one before is resumed, every time.
            for _ in 0..<2 {
                #expect(try get("/", from: proxy).text == "\(version.opensslName) r ALPN= client=\n")
            }
        }

        @Test(.needs(.curl), .needs(.nginx), arguments: SpokenVersion.allCases)
        func `a wrong name and an unknown root are refused`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let cases = [(Fixtures.path("root.pem"), "elsewhere.test"), (Fixtures.path("stranger.pem"), "localhost")]
            for (root, name) in cases {
                let proxy = try originate(to: server.address, trusting: root, name: name)
                let outcome = try get("/", from: proxy)
                #expect(outcome.status != 0 && outcome.output.isEmpty)
                let line = try proxy.connection()
                #expect(line["side"] == "upstream" && line["error"]?.contains("certificate") == true, "\(line)")
            }
        }

        @Test(.needs(.postgres), .needs(.initdb), .needs(.psql), .needs(.setsid), arguments: SpokenVersion.allCases)
        func `psql without TLS queries PostgreSQL with it`(version: SpokenVersion) throws {
            let newest = ["ssl": "on", "ssl_max_protocol_version": version.opensslName]
            let server = try RealServer.postgreSQL(newest)
            let proxy = try originate(to: server.address, ["--starttls", "postgres"])
            let place = ["-h", "127.0.0.1", "-p", proxy.port, "-U", "postgres", "-d", "postgres"]
            let facts = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            let rows = "SELECT repeat('0123456789abcdef', 65536)"
            let outcome = try Software.psql.run(
                ["-X", "-A", "-t", "-q", "-c", facts, "-c", rows] + place,
                environment: ["PGSSLMODE": "disable"]
            )
            let text = String(repeating: "0123456789abcdef", count: 65_536)
            #expect(outcome.text == "\(version.opensslName)\n\(text)\n", "\(outcome.errors)\(proxy.program.said)")
        }

        @Test(.needs(.redis), .needs(.redisClient))
        func `redis-cli without TLS speaks to Redis with it`() throws {
            let (server, address) = try onFreePort { port in
                let tls = ["--tls-port", "\(port)", "--tls-cert-file", Fixtures.serverECDSA.chainPath]
                let key = [
                    "--tls-key-file", Fixtures.serverECDSA.keyPath, "--tls-ca-cert-file", Fixtures.path("root.pem"),
                ]
                let identity = ["--tls-auth-clients", "yes", "--port", "0", "--bind", "127.0.0.1", "--save", ""]
                let program = try Software.redis.start(tls + key + identity)
                try program.waitForOutput(containing: "Ready to accept connections")
                return (program, "127.0.0.1:\(port)")
            }
            defer { server.signal(15) }
            let identity = ["--upstream-cert", Fixtures.client.chainPath, "--upstream-key", Fixtures.client.keyPath]
            let proxy = try originate(to: address, identity)
            let client = ["-h", "127.0.0.1", "-p", proxy.port]
            let value = String(repeating: "0123456789", count: 100_000)
            let commands = "SET long \(value)\nSTRLEN long\nINCR count\nINCR count\nGET long\n"
            let outcome = try Software.redisClient.run(client, input: Array(commands.utf8))
            #expect(outcome.text == "OK\n1000000\n1\n2\n\(value)\n", "\(outcome.errors)\(proxy.program.said)")
            let bare = try originate(to: address)
            let refused = try Software.redisClient.run(["-h", "127.0.0.1", "-p", bare.port, "PING"])
            #expect(!refused.text.contains("PONG"), "Redis wants a certificate")
        }
    }
}

extension Software {
    static let redis = Software(executable: "redis-server", debianPackage: "redis-server")
    static let redisClient = Software(executable: "redis-cli", debianPackage: "redis-tools")
}
