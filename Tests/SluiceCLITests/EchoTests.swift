import Fixtures
import Testing

struct EchoTests {
    @Test(arguments: ["1.2", "1.3"], [0, 1, 16_384, 100_000, 5_000_000])
    func `what is sent comes back`(version: String, count: Int) throws {
        let server = try SluiceServer(["--echo"])
        let bytes = pattern(count)
        let outcome = try Program.connect(to: server.port, ["--tls-max", version], input: bytes)
        #expect(outcome.status == 0)
        #expect(outcome.output == bytes)
        #expect(outcome.errors.contains("connected: TLS \(version), "))
        #expect(try server.stop().status == 0)
    }

    @Test func `a server takes everything and sends nothing`() throws {
        let server = try SluiceServer(["--discard"])
        let outcome = try Program.connect(to: server.port, input: pattern(5_000_000))
        #expect(outcome.status == 0 && outcome.output.isEmpty)
    }

    @Test func `clients are served side by side`() throws {
        let server = try SluiceServer(["--echo"])
        let clients = try (0..<8).map { _ in
            try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        }
        for client in clients { client.write("hello\n") }
        for client in clients { #expect(try client.line(beginningWith: "hel") == "lo") }
        for client in clients { client.closeInput() }
        for client in clients { #expect(try client.finish().status == 0) }
    }

    @Test func `beyond the most connections a client waits for its turn`() throws {
        let server = try SluiceServer(["--echo", "--max-connections", "1"])
        let address = "localhost:\(server.port)"
        let first = try Program.sluice("connect", address, "--ca", Fixtures.path("root.pem"))
        first.write("one\n")
        _ = try first.line(beginningWith: "one")
        let second = try Program.sluice("connect", address, "--ca", Fixtures.path("root.pem"))
        second.write("two\n")
        second.closeInput()
        first.closeInput()
        #expect(try first.finish().status == 0)
        #expect(try second.finish().text == "two\n")
    }

    @Test func `IPv6 works`() throws {
        let identity = Fixtures.serverECDSA
        let server = try Program.sluice(
            "serve",
            "--listen",
            "[::1]:0",
            "--cert",
            identity.chainPath,
            "--key",
            identity.keyPath
        )
        let port = try server.line(beginningWith: "listening on [::1]:")
        let outcome = try Program.connect(to: port, host: "[::1]", input: [1, 2, 3])
        #expect(outcome.status == 0 && outcome.output == [1, 2, 3])
    }

    @Test func `an idle client is let go`() throws {
        let server = try SluiceServer(["--echo", "--idle-timeout", "0.05"])
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        let outcome = try client.finish()
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("the peer closed before standard input had ended"))
        _ = try server.program.errorLine(beginningWith: "sluice: #1 ")
    }
}
