import Fixtures

/// A `socat` that listens on a port that the system chose, and has each connection served by something else.
struct Socat {
    /// The program; what it starts shares its standard error.
    let program: Program
    /// Where it listens.
    let port: String

    /// Relays to an address as socat spells it.
    init(to address: String) throws {
        // It writes to pipes that it takes for ready, and waits if they have no room for all of it: no more than
        // PIPE_BUF at a time, or it and an echo may wait for each other.
        program = try Software.socat.start([
            "-d", "-d", "-b", "4096", "TCP-LISTEN:0,bind=127.0.0.1,fork,reuseaddr", address,
        ])
        let line = try program.errorLine(containing: "listening on AF=2 ")
        port = String(line.split(separator: ":").last ?? "")
    }

    /// Starts a `sluice serve --stdio` for each connection, which tells its exit code in a line `status 0`.
    ///
    /// - Parameters:
    ///   - arguments: Of `sluice serve --stdio`.
    ///   - options: How socat has the program started: `,pipes`, `,nofork`, and `,stderr` which tells no exit code.
    ///   - directory: Where the command is kept, as socat has a quoting of its own.
    /// - Throws: Where it can't be started.
    init(serving arguments: [String], _ options: String = "", in directory: TemporaryDirectory) throws {
        let words = [Program.sluicePath, "serve", "--stdio"] + Fixtures.serverECDSA.options + arguments
        let command = words.map { "'\($0)'" }.joined(separator: " ")
        // socat ends what it has started once the connection is closed, and the shell has something to say yet.
        let telling = "trap : TERM HUP; \(command); echo status $? >&2"
        let text = options.contains("stderr") ? "exec \(command)" : telling
        let script = try directory.write(Array(text.utf8), to: "serve")
        try self.init(to: "EXEC:sh \(script)\(options)")
    }

    /// Waits for the end of a connection. Returns the exit code of its server.
    func status() throws -> String { try program.errorLine(beginningWith: "status ") }
}
