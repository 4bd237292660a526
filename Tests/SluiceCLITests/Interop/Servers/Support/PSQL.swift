import Fixtures
import Testing

/// `psql`, which speaks no TLS here, and `socat` and `sluice connect`, which put TLS under it.
///
/// `psql` asks a socket in the file system, where it never wants TLS; `socat` starts a `sluice` for each connection.
struct PSQL {
    private let directory: TemporaryDirectory
    private let relay: Program

    /// Starts the relay.
    init(to server: RealServer, _ options: [String] = []) throws {
        directory = try TemporaryDirectory()
        let own = ["connect", server.address, "--starttls", "postgres", "--server-name", "localhost"]
        let words = [Program.sluicePath] + own + ["--ca", Fixtures.path("root.pem")] + options
        let command = words.joined(separator: " ").replacing(":", with: "\\:")
        let socket = directory.path(".s.PGSQL.5432")
        relay = try Software.socat.start(["-d", "-d", "UNIX-LISTEN:\(socket),fork", "EXEC:\(command)"])
        _ = try relay.errorLine(containing: "listening on")
    }

    /// Runs statements, of any length. Its output is the values alone.
    func run(_ statements: String) throws -> Program.Outcome {
        try start(statements).finish()
    }

    /// Begins to run statements.
    func start(_ statements: String) throws -> Program {
        let connection = ["-h", directory.path(""), "-p", "5432", "-U", "postgres", "-d", "postgres"]
        let program = try Software.psql.start(["-X", "-A", "-t", "-q"] + connection)
        program.write(statements)
        program.closeInput()
        return program
    }

    /// Waits until the relay or its `sluice` says a line with these words.
    func waitForLog(containing words: String) throws {
        _ = try relay.errorLine(containing: words)
    }

    /// What the relay and its `sluice` have said so far, for a test that fails.
    var log: String { relay.said }
}
