import Fixtures

/// `gnutls-serv` of one version: by default it sends lines of text back. It tells of its connections at its end.
struct GnuTLSServer {
    /// The program.
    let program: Program
    /// Where it listens.
    let address: String

    init(
        _ version: SpokenVersion,
        _ options: [String] = ["--echo"],
        groups: String = "",
        identity: Fixtures.Identity = Fixtures.serverECDSA
    ) throws {
        let credentials = ["--x509certfile", identity.chainPath, "--x509keyfile", identity.keyPath]
        let own = credentials + ["--priority", version.gnutlsPriority + groups]
        (program, address) = try onFreePort { port in
            let program = try Software.gnutlsServer.start(["--port", "\(port)"] + own + options)
            let line = try program.errorLine(containing: "listening on IPv4 0.0.0.0 port \(port)...")
            guard line.hasSuffix("done") else { throw ProgramFailure(description: line) }
            return (program, "127.0.0.1:\(port)")
        }
    }

    /// Ends it. Returns what it said.
    func stop() throws -> Program.Outcome {
        program.signal(15)
        return try program.finish()
    }
}

extension SpokenVersion {
    /// The priority string of GnuTLS for nothing but this version.
    var gnutlsPriority: String { "NORMAL:-VERS-ALL:+VERS-TLS\(rawValue)" }
}
