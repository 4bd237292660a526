import Fixtures
import Testing

/// `sluice connect --via`: tunnels through HTTP proxies.
struct ViaTests {
    @Test(
        .needs(.tinyproxy),
        arguments: [([], ["--via", "http://tom:s3%63ret@"]), (["s3cret"], ["--via", "http://"])]
    )
    func `a proxy that knows the user opens a tunnel`(environment: [String], options: [String]) throws {
        let server = try SluiceServer(["--echo"])
        let proxy = try Tinyproxy(to: server.port, credentials: "tom s3cret")
        let outcome = try Program.connect(
            to: server.port,
            [options[0], options[1] + proxy.address],
            input: pattern(300_000),
            environment: ["SLUICE_PROXY_CREDENTIALS": environment.first.map { "tom:\($0)" }]
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.elementsEqual(pattern(300_000)))
    }

    @Test(.needs(.tinyproxy), .needs(.socat), arguments: ["1.2", "1.3"])
    func `TLS goes through TLS with the proxy`(version: String) throws {
        let server = try SluiceServer(["--echo"])
        let proxy = try Tinyproxy(to: server.port)
        let identity = Fixtures.serverECDSA
        let front = try TLSFront(before: proxy.address, identity: (identity.chainPath, identity.keyPath))
        let via = ["--via", "https://localhost:\(front.port)", "--via-ca", Fixtures.path("root.pem")]
        let outcome = try Program.connect(
            to: server.port,
            via + ["--tls-max", version, "--trace"],
            input: pattern(300_000)
        )
        #expect(outcome.status == 0, "\(outcome.errors.suffix(500))")
        #expect(outcome.output.elementsEqual(pattern(300_000)))
        #expect(outcome.errors.hasPrefix("<< the proxy localhost:\(front.port), TLS 1.3, "))
        #expect(outcome.errors.contains("\n>> CONNECT localhost:\(server.port), "))
    }

    @Test(.needs(.socat), arguments: [[], ["--dangerously-no-verification"]])
    func `a proxy's own certificate is verified, whatever holds for the server`(arguments: [String]) throws {
        let proxy = try ScriptedServer([], then: .silence)
        let identity = Fixtures.serverECDSA
        let front = try TLSFront(before: "127.0.0.1:\(proxy.port)", identity: (identity.chainPath, identity.keyPath))
        let via = ["--via", "https://localhost:\(front.port)", "--via-ca", Fixtures.path("stranger.pem")]
        let root = arguments.isEmpty ? Fixtures.path("root.pem") : nil
        let outcome = try Program.connect(to: "443", via + arguments, trusting: root)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("the proxy localhost:\(front.port): verificationFailed"))
        #expect(outcome.errors.contains("by --via-ca"))
    }

    @Test func `a proxy that speaks no TLS is a failure of the way`() throws {
        let proxy = try ScriptedServer([("", "HTTP/1.1 400 Bad Request\r\n\r\n")], then: .silence)
        let outcome = try Program.connect(to: "443", ["--via", "https://127.0.0.1:\(proxy.port)"])
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("the proxy 127.0.0.1:\(proxy.port): notTLS"))
    }

    @Test(
        .needs(.tinyproxy),
        arguments: [
            (nil, "the proxy wants credentials"), ("tom:wr0ng", "401 Unauthorized"),
        ]
    )
    func `a proxy that wants other credentials is a failure of the way`(credentials: String?, told: String) throws {
        let proxy = try Tinyproxy(to: "443", credentials: "tom pass")
        let outcome = try Program.connect(
            to: "443",
            ["--via", "http://\(credentials.map { $0 + "@" } ?? "")\(proxy.address)", "--trace"]
        )
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains(told))
        #expect(!outcome.errors.contains("wr0ng"))
    }

    @Test(.needs(.tinyproxy))
    func `a tunnel that the proxy refuses is a failure of the way`() throws {
        let proxy = try Tinyproxy(to: "443")
        let outcome = try Program.connect(to: "444", ["--via", "http://\(proxy.address)"])
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("the proxy \(proxy.address): the proxy refuses a tunnel to localhost:444: 403"))
    }

    @Test(arguments: [
        ("", ScriptedServer.End.silence, "no answer within --timeout"), ("", .end, "ended before"),
        ("HTTP/1.1 200", .end, "ended before"), ("SSH-2.0-x\r\n\r\n", .silence, "no HTTP proxy says this"),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", .end, "502 Bad Gateway"),
        (String(repeating: "x", count: 20_000), .silence, "more than"),
    ])
    func `a proxy that opens no tunnel is named`(answer: String, end: ScriptedServer.End, told: String) throws {
        let proxy = try ScriptedServer([("\r\n\r\n", answer)], then: end)
        let limit = answer.isEmpty && told.contains("--timeout") ? "0.3" : "30"
        let outcome = try Program.connect(to: "443", ["--via", "http://127.0.0.1:\(proxy.port)", "--timeout", limit])
        #expect(outcome.status == 5)
        #expect(
            outcome.errors.hasPrefix("sluice: the proxy 127.0.0.1:\(proxy.port): ") && outcome.errors.contains(told)
        )
    }

    @Test func `a proxy that isn't there is named`() throws {
        let port = try RawServer.unusedPort()
        let outcome = try Program.connect(to: "443", ["--via", "http://127.0.0.1:\(port)"])
        #expect(outcome.status == 5)
        #expect(outcome.errors.hasPrefix("sluice: the proxy 127.0.0.1:\(port): can't connect"))
    }

    @Test func `through the tunnel go the PROXY header and STARTTLS, then TLS`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("journal")
        let server = try ScriptedServer([
            ("CONNECT mail.test:21 HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n\r\n"), ("PROXY UNKNOWN\r\n", "220 hi\r\n"),
            ("AUTH TLS\r\n", "234 go\r\n"),
        ])
        let way = [
            "--via", "http://tom:s3cret@127.0.0.1:\(server.port)", "--proxy-protocol", "v1", "--starttls", "ftp",
        ]
        let trust = ["--ca", Fixtures.path("root.pem"), "--server-name", "server.test"]
        let outcome = try Program.runSluice(["connect", "mail.test", "--record", path] + way + trust, input: [9])
        #expect(outcome.status == 0 && outcome.output == [9], "\(outcome.errors)")
        let journal = String(decoding: try directory.contents(of: "journal"), as: UTF8.self)
        #expect(journal.contains("mail.test:21 through the proxy") && !journal.contains("s3cret"))
    }
}
