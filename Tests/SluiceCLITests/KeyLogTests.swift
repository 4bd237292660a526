import Fixtures
import Testing

struct KeyLogTests {
    @Test func `both ends log the same secrets, to files of their owner alone`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--keylog", directory.path("server")])
        let outcome = try Program.connect(to: server.port, environment: ["SSLKEYLOGFILE": directory.path("client")])
        #expect(outcome.status == 0)
        _ = try server.stop()
        #expect(try directory.mode(of: "client") == 0o600)
        #expect(try directory.mode(of: "server") == 0o600)
        let lines = try ["client", "server"].map { name in
            let text = String(decoding: try directory.contents(of: name), as: UTF8.self)
            return Set(text.split(separator: "\n").filter { $0.contains("TRAFFIC_SECRET") })
        }
        #expect(lines[0] == lines[1] && lines[0].count >= 4)
    }

    @Test func `keys are appended, and never shown`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Array("# mine\n".utf8), to: "keys")
        let server = try SluiceServer([])
        let outcome = try Program.connect(to: server.port, ["--keylog", path, "--trace", "--show-certs"])
        let text = String(decoding: try directory.contents(of: "keys"), as: UTF8.self)
        #expect(text.hasPrefix("# mine\n") && text.contains("CLIENT_TRAFFIC_SECRET_0"))
        #expect(!outcome.errors.contains("SECRET"))
    }

    @Test func `without being asked nobody logs`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer([])
        _ = try Program.connect(to: server.port, environment: ["SSLKEYLOGFILE": ""])
        #expect(try directory.names().isEmpty)
    }
}
