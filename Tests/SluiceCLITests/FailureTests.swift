import Fixtures
import SluicePOSIX
import Testing

struct FailureTests {
    @Test func `a root that signed nothing here is a verification failure`() throws {
        let server = try SluiceServer(["--echo"])
        let outcome = try Program.connect(to: server.port, trusting: Fixtures.path("stranger.pem"))
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--ca"))
        _ = try server.program.errorLine(beginningWith: "sluice: #1 ")
    }

    @Test func `another host's certificate is a verification failure`() throws {
        let server = try SluiceServer(["--echo"], identity: Fixtures.wrongHost)
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--server-name"))
        let named = try Program.connect(to: server.port, ["--server-name", "elsewhere.test"])
        #expect(named.status == 0)
    }

    @Test func `an expired certificate passes only if nothing is verified`() throws {
        let server = try SluiceServer(["--echo"], identity: Fixtures.expired)
        #expect(try Program.connect(to: server.port).status == 2)
        let dangerous = try Program.connect(to: server.port, ["--dangerously-no-verification"], trusting: nil)
        #expect(dangerous.status == 0)
    }

    @Test func `no version in common is a TLS failure`() throws {
        let server = try SluiceServer(["--echo", "--tls-min", "1.3"])
        let outcome = try Program.connect(to: server.port, ["--tls-max", "1.2"])
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("protocol_version"))
    }

    @Test func `no application protocol in common is a TLS failure`() throws {
        let server = try SluiceServer(["--echo", "--alpn", "h2"])
        let outcome = try Program.connect(to: server.port, ["--alpn", "imap"])
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("no_application_protocol"))
    }

    @Test func `a server that speaks plain HTTP is a TLS failure`() throws {
        let server = try RawServer { peer in
            _ = try peer.waitAndRead()
            try peer.writeAll(Array("HTTP/1.0 400 Bad Request\r\n\r\n".utf8))
            _ = try peer.waitAndRead()
        }
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("perhaps that is the port"))
    }

    @Test func `a server that drops the connection in the handshake truncates`() throws {
        let server = try RawServer { peer in _ = try peer.waitAndRead() }
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 4)
    }

    @Test(arguments: ["1.2", "1.3"])
    func `a server that dies in mid-conversation truncates, and what came before is kept`(version: String) throws {
        let server = try SluiceServer(["--echo"])
        let client = try Program.sluice(
            "connect",
            "localhost:\(server.port)",
            "--ca",
            Fixtures.path("root.pem"),
            "--tls-max",
            version
        )
        client.write("kept\n")
        _ = try client.line(beginningWith: "kept")
        server.program.signal(9)
        let outcome = try client.finish()
        #expect(outcome.status == 4)
        #expect(outcome.text == "kept\n")
    }

    @Test func `a port that nobody listens on is a transport failure`() throws {
        let outcome = try Program.connect(to: try RawServer.unusedPort(), host: "127.0.0.1")
        #expect(outcome.status == 5)
        #expect(outcome.errors.hasPrefix("sluice: can't connect to 127.0.0.1:"))
    }

    @Test func `a server that never answers is a transport failure after the timeout`() throws {
        let server = try RawServer { peer in
            while try !peer.waitAndRead().isEmpty {}
        }
        let outcome = try Program.connect(to: server.port, ["--timeout", "0.2"])
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("can't complete the handshake in time"))
    }

    @Test func `an established connection in which nothing moves ends only if asked to`() throws {
        let server = try SluiceServer(["--echo"])
        let client = try Program.sluice(
            "connect",
            "localhost:\(server.port)",
            "--ca",
            Fixtures.path("root.pem"),
            "--idle-timeout",
            "0.05"
        )
        let outcome = try client.finish()
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("--idle-timeout"))
    }

    @Test func `a client that connects and says nothing is given up`() throws {
        let server = try SluiceServer(["--timeout", "0.05"])
        let peer = try TCP.connect(to: try #require(HostPort(server.address)), by: .after(.seconds(10)))
        #expect(try peer.waitAndRead().isEmpty)
        _ = try server.program.errorLine(beginningWith: "sluice: #1 ")
    }

    @Test func `a client without standard input doesn't take its socket for it`() throws {
        let server = try SluiceServer(["--echo"])
        let script =
            "exec '\(Program.sluicePath)' connect localhost:\(server.port) --ca '\(Fixtures.path("root.pem"))' <&-"
        let outcome = try Program("/bin/sh", ["-c", script]).finish()
        #expect(outcome.status == 0 && outcome.output.isEmpty)
    }

    @Test func `a reader that goes away is a transport failure and no signal`() throws {
        let server = try SluiceServer(["--echo"])
        let script = "'\(Program.sluicePath)' connect localhost:\(server.port) --ca '\(Fixtures.path("root.pem"))'"
        let program = try Program("/bin/sh", ["-c", "{ \(script); echo status $? >&2; } | head -c 1"])
        program.write(pattern(1_000_000))
        program.closeInput()
        #expect(try program.finish().errors.contains("status 5\n"))
    }

    @Test func `a host that doesn't exist is a transport failure`() throws {
        let outcome = try Program.runSluice("connect", "host.invalid:443", "--ca", Fixtures.path("root.pem"))
        #expect(outcome.status == 5)
        #expect(outcome.errors.contains("host.invalid"))
    }

    @Test func `a port that is taken is a transport failure`() throws {
        let server = try SluiceServer([])
        let outcome = try Program.runSluice("serve", "--listen", server.address)
        #expect(outcome.status == 5)
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        // A handshake record with a message of a type that there isn't; libssl answers HTTP with no alert at all.
        ([22, 3, 1, 0, 4, 99, 0, 0, 0], [21 as UInt8]), (Array("GET / HTTP/1.0\r\n\r\n".utf8), []),
    ])
    func `a client that speaks no TLS sees the end, and others are still served`(bytes: [UInt8], start: [UInt8]) throws
    {
        let server = try SluiceServer(["--echo"])
        let place = try #require(HostPort(server.address))
        let peer = try TCP.connect(to: place, by: .after(.seconds(10)))
        try peer.writeAll(bytes)
        var answer: [UInt8] = []
        while case let more = try peer.waitAndRead(), !more.isEmpty { answer += more }
        #expect(Array(answer.prefix(1)) == start)
        #expect(try Program.connect(to: server.port, input: [7]).output == [7])
        #expect(try server.stop().errors.contains("sluice: #1 "))
    }
}
