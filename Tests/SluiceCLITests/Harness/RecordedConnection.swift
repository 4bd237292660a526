import Fixtures

/// A connection of `sluice connect` to `sluice serve --echo`, with a journal of each end.
struct RecordedConnection {
    /// Where the client's journal is.
    let client: String
    /// Where the server's is.
    let server: String

    private let directory: TemporaryDirectory

    /// - Parameters:
    ///   - arguments: More of them, for both ends.
    ///   - root: Whom the client trusts.
    ///   - input: What is sent, and comes back.
    /// - Throws: Where a program can't be started.
    init(_ arguments: [String] = [], trusting root: String = Fixtures.path("root.pem"), input: [UInt8] = []) throws {
        directory = try TemporaryDirectory()
        client = directory.path("client.journal")
        server = directory.path("server.journal")
        let program = try SluiceServer(["--echo", "--record", server] + arguments)
        _ = try Program.connect(to: program.port, arguments + ["--record", client], trusting: root, input: input)
        _ = try program.stop()
    }
}
