import Fixtures
import Testing

/// A `sluice connect --starttls` to a real server, as a person would type into it.
struct StartTLSClient {
    private let client: SluiceClient
    private let server: RealServer

    /// Starts it. By default it trusts the test root and looks for `localhost`.
    init(
        _ application: String,
        to server: RealServer,
        at address: String? = nil,
        _ options: [String] = [],
        trusting roots: String = Fixtures.path("root.pem"),
        name: String = "localhost"
    ) throws {
        self.server = server
        let own = ["--starttls", application]
        client = try SluiceClient(to: address ?? server.address, own + options, trusting: roots, name: name)
    }

    /// Waits until there is TLS.
    func waitForHandshake() throws {
        _ = try client.program.errorLine(containing: "connected: TLS")
    }

    /// Says this, then waits until an answer is somewhere in what the server said.
    func say(_ bytes: [UInt8], until answer: String) throws {
        client.program.write(bytes)
        do {
            try client.program.waitForOutput(containing: answer)
        } catch {
            throw ProgramFailure(description: "\(error)\nthe server:\n\(server.log)")
        }
    }

    /// Says this line, then waits until an answer is somewhere in what the server said.
    func say(_ line: String, until answer: String) throws {
        try say(Array("\(line)\r\n".utf8), until: answer)
    }

    /// Says this, and waits for no answer.
    func say(_ bytes: [UInt8]) {
        client.program.write(bytes)
    }

    /// Says nothing any more, and waits for the end.
    func finish() throws -> Program.Outcome {
        client.program.closeInput()
        return try client.program.finish()
    }

    /// Waits for the end with its standard input left open.
    func waitForEnd() throws -> Program.Outcome {
        try client.program.finish()
    }

    /// Expects that no other name and no other root will do.
    static func expectRefusals(_ application: String, by server: RealServer, _ options: [String] = []) throws {
        let stranger = Fixtures.path("stranger.pem")
        for version in SpokenVersion.allCases {
            let options = options + version.options
            let elsewhere = try StartTLSClient(application, to: server, options, name: "elsewhere.test").finish()
            #expect(elsewhere.status == 2, "\(elsewhere.errors)\n\(server.log)")
            #expect(elsewhere.errors.contains("--server-name"), "\(elsewhere.errors)")
            let unknown = try StartTLSClient(application, to: server, options, trusting: stranger).finish()
            #expect(unknown.status == 2, "\(unknown.errors)\n\(server.log)")
            #expect(unknown.output.isEmpty, "no plaintext before the certificate is taken")
        }
    }
}
