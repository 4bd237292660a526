import Fixtures

/// `gnutls-cli` of one version to a `sluice serve`: it verifies the server for `localhost`.
///
/// Its standard output is what the server sent and nothing else.
struct GnuTLSClient {
    /// The program.
    let program: Program
    private let directory: TemporaryDirectory

    init(
        to server: some Listening,
        _ version: SpokenVersion,
        _ options: [String] = [],
        trusting roots: String = Fixtures.path("root.pem")
    ) throws {
        directory = try TemporaryDirectory()
        let own = ["127.0.0.1", "--port", server.port, "--logfile", directory.path("log")]
        let verification = ["--sni-hostname", "localhost", "--verify-hostname", "localhost", "--x509cafile", roots]
        let arguments = own + verification + ["--priority", version.gnutlsPriority] + options
        program = try Software.gnutlsClient.start(arguments)
    }

    /// Sends a text to a server that echoes, waits until it is back, then closes.
    func exchange(_ text: [UInt8] = Payload.line(8)) throws -> Program.Outcome {
        program.write(text)
        _ = try program.output(ofAtLeast: text.count)
        program.closeInput()
        return try program.finish()
    }

    /// What it tells of its connections.
    func log() throws -> String {
        String(decoding: try directory.contents(of: "log"), as: UTF8.self)
    }
}
