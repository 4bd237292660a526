import Fixtures
import SluiceReplay

/// An end of a connection that is made by `sluice step`.
struct StepParty {
    /// Where its journal and its other files are.
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// The options that begin a client of `server.test`.
    static let client = ["--client", "server.test", "--ca", Fixtures.path("root.pem")]

    /// The options that begin a server.
    static let server = [
        "--server", "--cert", Fixtures.serverECDSA.chainPath, "--key", Fixtures.serverECDSA.keyPath,
    ]

    /// Takes a step.
    func step(_ input: [UInt8] = [], _ options: [String] = []) throws -> Program.Outcome {
        let program = try Program.sluice(["step", directory.path("journal")] + options)
        program.write(input)
        program.closeInput()
        return try program.finish()
    }

    /// Takes a step that must go well. Returns the answer.
    func answer(_ input: [UInt8] = [], _ options: [String] = []) throws -> [UInt8] {
        let outcome = try step(input, options)
        guard outcome.status == 0 else { throw ProgramFailure(description: outcome.errors) }
        return outcome.output
    }

    /// The path of a file with these bytes.
    func file(_ bytes: [UInt8]) throws -> String {
        try directory.write(bytes, to: "plaintext")
    }

    /// The options that receive into a file, and what is in it.
    var receiving: [String] { ["--receive", directory.path("received")] }

    /// What was received.
    var received: [UInt8] { get throws { try directory.contents(of: "received") } }

    /// The journal.
    func journal() throws -> Journal {
        try Journal(parsing: directory.contents(of: "journal"))
    }
}
