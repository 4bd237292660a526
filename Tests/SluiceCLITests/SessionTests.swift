import Fixtures
import Testing

struct SessionTests {
    @Test(arguments: ["1.2", "1.3"])
    func `a session file lets the second run resume`(version: String) throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"])
        let arguments = ["--tls-max", version, "--session", directory.path("session")]
        let first = try Program.connect(to: server.port, arguments, input: [1])
        #expect(first.status == 0 && !first.errors.contains("resumed"))
        #expect(try directory.mode(of: "session") == 0o600)
        #expect(try directory.names() == ["session"])
        let second = try Program.connect(to: server.port, arguments, input: [2])
        #expect(second.status == 0 && second.errors.contains("resumed"))
        #expect(second.output == [2])
    }

    @Test func `a session with another server is not offered`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"])
        let arguments = ["--session", directory.path("session")]
        _ = try Program.connect(to: server.port, arguments)
        let other = try Program.connect(to: server.port, arguments + ["--server-name", "server.test"])
        #expect(other.status == 0 && !other.errors.contains(", resumed"))
        #expect(other.errors.contains("a session with localhost, not server.test"))
    }

    @Test func `a file that is something else is refused and left alone`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("precious".utf8), to: "letter")
        let outcome = try Program.runSluice("connect", "127.0.0.1:1", "--session", path)
        #expect(outcome.status == 64)
        #expect(try directory.contents(of: "letter") == Array("precious".utf8))
    }

    @Test func `servers that share a ticket key resume each other's sessions`() throws {
        let directory = try TemporaryDirectory()
        let key = try directory.write(pattern(80), to: "key")
        let arguments = ["--session", directory.path("session")]
        let one = try SluiceServer(["--ticket-key", key])
        _ = try Program.connect(to: one.port, arguments)
        let other = try SluiceServer(["--ticket-key", key])
        #expect(try Program.connect(to: other.port, arguments).errors.contains(", resumed"))
        let stranger = try SluiceServer([])
        #expect(try !Program.connect(to: stranger.port, arguments).errors.contains(", resumed"))
    }

    @Test func `a server without tickets gives no session`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--tickets", "0"])
        let outcome = try Program.connect(to: server.port, ["--session", directory.path("session")])
        #expect(outcome.status == 0)
        #expect(try directory.names().isEmpty)
    }
}
