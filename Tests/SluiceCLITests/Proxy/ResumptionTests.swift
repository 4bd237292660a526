import Fixtures
import Testing

extension Interop.Proxies {
    /// Sessions that several proxies share, and that outlive a reload.
    @Suite(.needs(.openssl), .needs(.go)) struct ResumptionTests {
        private let server: PlainServer
        private let sessions: TemporaryDirectory

        init() throws {
            server = try PlainServer(does: "echo")
            sessions = try TemporaryDirectory()
        }

        /// A proxy with keys in these files of a directory, one route for each name.
        private func proxy(
            keys: [String],
            in directory: TemporaryDirectory,
            names: [String] = ["localhost"]
        ) throws -> RealProxy {
            try RealProxy(routes: names.map { route(keys: keys, name: $0) }.joined(separator: "\n"), in: directory)
        }

        private func route(keys: [String], name: String) -> String {
            """
            - name: \(name)
              mode: terminate
              match: {sni: [\(name)]}
              tickets: {keys: [\(keys.joined(separator: ", "))]}
              \(RouteText.certificates(Fixtures.serverECDSA))
              \(RouteText.upstream(server.address))
            """
        }

        /// Connects once, by the session in a file if there is one, and keeps the new one. Returns whether it resumed.
        private func connect(
            to proxy: RealProxy,
            _ version: SpokenVersion,
            resuming old: String? = nil,
            keeping new: String? = nil,
            name: String = "localhost"
        ) throws -> Bool {
            let files =
                (old.map { ["-sess_in", sessions.path($0)] } ?? [])
                + (new.map { ["-sess_out", sessions.path($0)] } ?? [])
            let client = try OpenSSLClient(to: proxy, [version.opensslOption, "-servername", name] + files)
            let text = try client.exchange().text
            #expect(text.contains("Verify return code: 0 (ok)"), "\(text)")
            return text.contains("\nReused, ")
        }

        private func key(_ count: Int, _ seed: UInt8) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ Int(seed) &* 31) }
        }

        @Test(arguments: SpokenVersion.allCases, [48, 80])
        func `a session of one proxy resumes on another with its keys`(version: SpokenVersion, count: Int) throws {
            let (first, second, third) = try (TemporaryDirectory(), TemporaryDirectory(), TemporaryDirectory())
            for directory in [first, second] { _ = try directory.write(key(count, 1), to: "key") }
            _ = try third.write(key(count, 2), to: "key")
            #expect(try !connect(to: proxy(keys: ["key"], in: first), version, keeping: "a"))
            #expect(try connect(to: proxy(keys: ["key"], in: second), version, resuming: "a"))
            #expect(try !connect(to: proxy(keys: ["key"], in: third), version, resuming: "a"))
        }

        @Test(.needs(.nginx), arguments: SpokenVersion.allCases, [48, 80])
        func `a session of nginx with the same keys does no harm`(version: SpokenVersion, count: Int) throws {
            let directory = try TemporaryDirectory()
            let path = try directory.write(key(count, 3), to: "key")
            let nginx = try NginxServer(version, ["ssl_session_ticket_key \(path)", "ssl_session_timeout 1h"])
            let options = ["s_client", "-connect", nginx.address, "-servername", "localhost", version.opensslOption]
            let first = try Software.openssl.start(options + ["-sess_out", sessions.path("n")])
            first.write("GET / HTTP/1.0\r\n\r\n")
            #expect(try first.finish().text.contains("200 OK"))
            let proxy = try proxy(keys: ["key"], in: directory)
            // The proxy can open nginx's ticket, but what is in it was not agreed on with this route.
            #expect(try !connect(to: proxy, version, resuming: "n"))
            #expect(try proxy.connection()["end"] == "completed")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a new key issues after a reload, and the old one goes on being accepted`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            _ = try directory.write(key(80, 1), to: "one")
            _ = try directory.write(key(80, 2), to: "two")
            let proxy = try proxy(keys: ["one"], in: directory)
            #expect(try !connect(to: proxy, version, keeping: "a"))
            _ = try directory.write(
                Array(try configuration(of: directory).replacing("[one]", with: "[two, one]").utf8),
                to: "proxy.yaml"
            )
            try proxy.reload()
            #expect(try connect(to: proxy, version, resuming: "a"))
            #expect(try !connect(to: proxy, version, keeping: "b"))
            // A proxy that has the new key alone takes what it issued.
            let other = try TemporaryDirectory()
            _ = try other.write(key(80, 2), to: "two")
            let second = try self.proxy(keys: ["two"], in: other)
            #expect(try connect(to: second, version, resuming: "b"))
            #expect(try !connect(to: second, version, resuming: "a"))
        }

        private func configuration(of directory: TemporaryDirectory) throws -> String {
            String(decoding: try directory.contents(of: "proxy.yaml"), as: UTF8.self)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `without files a proxy has a key of its own, which reloads keep`(version: SpokenVersion) throws {
            let proxy = try proxy(keys: [], in: TemporaryDirectory())
            #expect(try !connect(to: proxy, version, keeping: "a"))
            #expect(try connect(to: proxy, version, resuming: "a"))
            try proxy.reload()
            #expect(try connect(to: proxy, version, resuming: "a"))
            #expect(try !connect(to: self.proxy(keys: [], in: TemporaryDirectory()), version, resuming: "a"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session of one route doesn't resume on another`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            _ = try directory.write(key(80, 1), to: "key")
            let proxy = try proxy(keys: ["key"], in: directory, names: ["localhost", "server.test"])
            #expect(try !connect(to: proxy, version, keeping: "a"))
            #expect(try !connect(to: proxy, version, resuming: "a", name: "server.test"))
        }
    }
}
