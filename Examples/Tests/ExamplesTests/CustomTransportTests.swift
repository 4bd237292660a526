import Programs
import Subprocess
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(10)))
struct CustomTransportTests {
    private let program = Program.example("custom-transport")

    @Test func `each end is greeted by the other`() async throws {
        let (client, server) = try await converse(trusting: "root.pem")
        #expect(client.terminationStatus == .exited(0))
        #expect(client.standardError == "hello from the server\n")
        #expect(server.terminationStatus == .exited(0))
        #expect(server.standardError == "hello from the client\n")
    }

    @Test func `a server that isn't trusted learns why`() async throws {
        let (client, server) = try await converse(trusting: "stranger.pem")
        #expect(client.terminationStatus == .exited(1))
        #expect(client.standardError.contains("verificationFailed"))
        #expect(server.terminationStatus == .exited(1))
        #expect(server.standardError.contains("alertReceived"), "\(server.standardError)")
    }

    @Test(arguments: ["", "\n", "not base64\n", "AAAA\n"])
    func `what isn't TLS in base64 ends the connection`(input: String) async throws {
        let outcome = try await program.run(["server"] + identity, input: Array(input.utf8))
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.hasPrefix("custom-transport: "))
        // What a server says to that is an alert at most.
        #expect(outcome.output.count < 20)
    }

    @Test(arguments: [[], ["client"], ["server", "nowhere.pem", "nowhere.pem"]])
    func `nonsense is told`(arguments: [String]) async throws {
        let outcome = try await program.run(arguments)
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.hasPrefix("custom-transport: "))
    }

    private let identity = [certificate("server-ecdsa.pem"), certificate("server-ecdsa.key.pem")]

    /// Runs both, each with its output in the other's input.
    private func converse(trusting root: String) async throws -> (client: Result, server: Result) {
        let (there, back) = (try FileDescriptor.pipe(), try FileDescriptor.pipe())
        async let client = run(["client", "server.test", certificate(root)], back.readEnd, there.writeEnd)
        async let server = run(["server"] + identity, there.readEnd, back.writeEnd)
        return try await (client, server)
    }

    private typealias Result = ExecutionResult<Void, FileDescriptorOutput, StringOutput<UTF8>>

    private func run(
        _ arguments: [String],
        _ input: FileDescriptor,
        _ output: FileDescriptor
    ) async throws -> Result {
        try await Subprocess.run(
            program.executable,
            arguments: Arguments(arguments),
            input: .fileDescriptor(input, closeAfterSpawningProcess: true),
            output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .string(limit: 1 << 16)
        )
    }
}
