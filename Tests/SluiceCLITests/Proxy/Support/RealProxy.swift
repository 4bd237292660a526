import Fixtures

/// A `sluice proxy` on a port of 127.0.0.1 that the system chose.
struct RealProxy: Listening {
    /// The program.
    let program: Program
    /// Where its first listener is.
    let address: String
    /// Where its configuration is, and whatever else a test puts there; nil for one of options.
    let directory: TemporaryDirectory?

    /// Starts one by its options, and waits until it listens.
    init(_ options: [String]) throws {
        program = try Program.sluice(["proxy", "--listen", "127.0.0.1:0", "--threads", "1"] + options)
        address = try program.line(beginningWith: "listening on ")
        directory = nil
    }

    /// Starts one by a configuration, and waits until it listens.
    ///
    /// - Parameters:
    ///   - routes: What is under `routes:`, not indented.
    ///   - listener: More keys of the listener, as in braces.
    ///   - directory: Where the configuration goes. What it names without a path is looked for there.
    /// - Throws: Where it doesn't start.
    init(routes: String, listener: String = "", in directory: TemporaryDirectory? = nil) throws {
        let directory = try directory ?? TemporaryDirectory()
        let text = """
            threads: 1
            reload: {watch_files: false}
            listeners:
            - {address: "127.0.0.1:0"\(listener.isEmpty ? "" : ", " + listener)}
            routes:
            \(routes)

            """
        let path = try directory.write(Array(text.utf8), to: "proxy.yaml")
        program = try Program.sluice(["proxy", "--config", path])
        address = try program.line(beginningWith: "listening on ")
        self.directory = directory
    }

    /// Waits for the line of a connection that is over and has these words in it.
    func connection(with words: String = " end=") throws -> ConnectionLine {
        let line = try program.errorLine(matching: "connection with \(words)") { line in
            line.contains(" connection ") && line.contains(words)
        }
        return ConnectionLine(line)
    }

    /// Has it read its files again, and waits until it has.
    func reload() throws {
        program.signal(1)
        _ = try program.errorLine(containing: "reloaded")
    }

    /// Asks it to finish, and waits until it has.
    func stop() throws -> Program.Outcome {
        program.signal(15)
        return try program.finish()
    }
}

/// What the log says of a connection: `key=value`, with quotes around what has spaces.
struct ConnectionLine {
    private let line: String

    init(_ line: String) { self.line = line }

    subscript(key: String) -> String? {
        guard let range = line.range(of: " \(key)=") else { return nil }
        let rest = line[range.upperBound...]
        if rest.hasPrefix("\"") { return String(rest.dropFirst().prefix { $0 != "\"" }) }
        return String(rest.prefix { $0 != " " })
    }
}

/// The parts of routes that many tests have in common.
enum RouteText {
    /// `certificates`, the default first.
    static func certificates(_ identities: Fixtures.Identity...) -> String {
        let files = identities.map { "{certificate: \"\($0.chainPath)\", key: \"\($0.keyPath)\"}" }
        return "certificates: [\(files.joined(separator: ", "))]"
    }

    /// `upstream` with one server, and more keys.
    static func upstream(_ address: String, _ more: String = "") -> String {
        "upstream: {servers: [\"\(address)\"]\(more.isEmpty ? "" : ", " + more)}"
    }

    /// A `ca` of the test root.
    static var root: String { "ca: \"\(Fixtures.path("root.pem"))\"" }
}

/// A server of the peer program without TLS.
struct PlainServer: Listening {
    let address: String
    private let program: Program

    init(does: String, _ settings: [String: String] = [:]) throws {
        program = try PeerLanguage.go.start(
            role: "server",
            ["does": does, "plain": "yes"].merging(settings) { $1 }
        )
        address = "127.0.0.1:\(try program.line(beginningWith: "listening\tport="))"
    }

    /// Lets it finish its connections. Returns what it saw.
    func finish() throws -> [PeerReport] {
        program.closeInput()
        return PeerReport.reports(in: try program.finish().output)
    }
}
