import Fixtures
import Testing

/// `sluice proxy`, between a client and a server of `sluice` itself.
struct ProxyCommandTests {
    private static let credentials = [
        "--cert", Fixtures.path("server-ecdsa.pem"), "--key", Fixtures.path("server-ecdsa.key.pem"),
    ]
    private static let trust = ["--upstream-ca", Fixtures.path("root.pem"), "--upstream-name", "server.test"]

    @Test(arguments: [
        ["--mode", "bridge"] + credentials + trust, ["--mode", "pass-through"],
        ["--mode", "pass-through", "--sni", "localhost"],
    ])
    func `what is sent through a proxy comes back`(arguments: [String]) throws {
        let server = try SluiceServer(["--echo"])
        let proxy = try RunningProxy(["--listen", "127.0.0.1:0", "--to", "127.0.0.1:\(server.port)"] + arguments)
        let outcome = try Program.connect(to: proxy.port, input: pattern(200_000))
        #expect(outcome.status == 0 && outcome.output == pattern(200_000))
        #expect(try proxy.stop().status == 0)
    }

    @Test func `one proxy ends the TLS that another begins`() throws {
        let server = try SluiceServer(["--echo"])
        let inner = try RunningProxy(
            ["--listen", "127.0.0.1:0", "--mode", "originate", "--to", "127.0.0.1:\(server.port)"] + Self.trust
        )
        let outer = try RunningProxy(["--listen", "127.0.0.1:0", "--to", "127.0.0.1:\(inner.port)"] + Self.credentials)
        let outcome = try Program.connect(to: outer.port, input: pattern(200_000))
        #expect(outcome.status == 0 && outcome.output == pattern(200_000))
        #expect(try outer.stop().status == 0)
        #expect(try inner.stop().status == 0)
    }

    @Test func `a client is logged in a line`() throws {
        let server = try SluiceServer(["--echo"])
        let proxy = try RunningProxy([
            "--listen", "127.0.0.1:0", "--to", "127.0.0.1:\(server.port)", "--mode", "pass-through",
        ])
        #expect(try Program.connect(to: proxy.port, input: pattern(1000)).status == 0)
        _ = try proxy.program.errorLine(containing: "route=proxy")
        #expect(try proxy.stop().status == 0)
    }

    @Test func `a check says what the proxy would do`() throws {
        let outcome = try Program.sluice(
            ["proxy", "--listen", ":443", "--to", "10.0.0.1:80", "--to", "unix:/run/app", "--check"] + Self.credentials
        ).finish()
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("route proxy: terminate, TLS in and plaintext out\n"))
        #expect(outcome.text.contains("servers       10.0.0.1:80, unix:/run/app; in turn\n"))
        #expect(!outcome.text.contains("PRIVATE KEY"))
    }

    @Test func `all that is wrong with a file is told, a line each`() throws {
        let directory = try TemporaryDirectory()
        let text = "listeners: {address: ':1', bcklog: 1}\nroutes: {name: a, mode: pass}\n"
        let path = try directory.write(Array(text.utf8), to: "proxy.yaml")
        let outcome = try Program.runSluice("proxy", "--config", path, "--check")
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(
            outcome.errors.replacing(path, with: "proxy.yaml") == """
                sluice: proxy.yaml:1:28: listeners[0].bcklog: there is no such key; did you mean backlog?
                sluice: proxy.yaml:2:9: routes[0].upstream: this key must be there
                sluice: proxy.yaml:2:25: routes[0].mode: "pass" won't do: it must be one of terminate, originate, bridge, pass_through

                """
        )
    }

    @Test func `what is wrong with options names them`() throws {
        let outcome = try Program.runSluice(
            "proxy",
            "--listen",
            ":0",
            "--to",
            "a:1",
            "--cert",
            "/no/such",
            "--client-ca",
            "/nor/this"
        )
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("sluice: --cert: can't read /no/such"))
        #expect(outcome.errors.contains("sluice: --client-ca: can't read /nor/this: No such file"))
    }

    @Test func `a port that is taken is no fault of the options`() throws {
        let server = try SluiceServer(["--echo"])
        let outcome = try Program.sluice(
            ["proxy", "--listen", "127.0.0.1:\(server.port)", "--to", "a:1", "--mode", "pass-through"]
        ).finish()
        #expect(outcome.status == 5)
    }
}

/// A `sluice proxy` that listens at a port that the system chose.
struct RunningProxy {
    /// The program.
    let program: Program
    /// Where it listens.
    let port: String

    /// Starts a proxy, and waits until it listens.
    init(_ arguments: [String]) throws {
        program = try Program.sluice(["proxy"] + arguments)
        let address = try program.line(beginningWith: "listening on ")
        port = String(address.split(separator: ":").last ?? "")
    }

    /// Asks it to finish, and waits until it has.
    func stop() throws -> Program.Outcome {
        program.signal(15)
        return try program.finish()
    }
}
