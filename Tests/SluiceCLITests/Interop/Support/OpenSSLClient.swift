import Fixtures

/// `openssl s_client` to a `sluice serve`: it verifies the server for `localhost`. Like `s_server` it tells of the
/// connection on standard output, takes lines that begin with a capital for commands, and closes when its input ends.
struct OpenSSLClient {
    /// The program.
    let program: Program

    init(to server: some Listening, _ options: [String] = []) throws {
        let own = ["-connect", server.address, "-servername", "localhost", "-verify_hostname", "localhost"]
        let roots = ["-CAfile", Fixtures.path("root.pem"), "-verify_return_error"]
        program = try Software.openssl.start(["s_client"] + own + roots + options)
    }

    /// Sends a line to a server that echoes, and waits until it is back: from then on a letter is a command.
    ///
    /// Only a read that begins with the letter makes it one, so nothing else may still be on its way in.
    func settle(_ line: String = "12345 went there and back\n") throws {
        program.write(line)
        try program.waitForOutput(containing: line)
    }

    /// Sends a line to a server that echoes, waits until it is back, then closes.
    func exchange() throws -> Program.Outcome {
        try settle("67890 went there and back\n")
        program.closeInput()
        return try program.finish()
    }
}
