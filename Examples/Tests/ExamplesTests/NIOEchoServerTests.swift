import Programs
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(10)), .needs("openssl"))
struct NIOEchoServerTests {
    private let program = Program.example("nio-echo-server")
    private let protocols = ["--protocol", "echo/2", "--protocol", "echo/1"]

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `it echoes, and says goodbye when it is told to end`(version: String) async throws {
        let outcome = try await Subprocess.run(
            program.executable,
            arguments: Arguments(serverOptions + protocols),
            input: .none,
            output: .sequence,
            error: .string(limit: 1 << 16)
        ) { server in
            var lines = server.standardOutput.strings().makeAsyncIterator()
            let address = try #require(await lines.next()).dropFirst("listening on ".count)
            let client = try await connect(to: String(address), ["-alpn", "echo/1", version]) { client in
                _ = try await client.standardInputWriter.write("hello\n")
                var echoes = client.standardOutput.strings().makeAsyncIterator()
                #expect(try await echoes.next() == "hello")
                #expect(try await lines.next() == "a client speaks echo/1")
                try server.send(signal: .terminate)
                // close_notify is the client's end, though its standard input is open.
                #expect(try await echoes.next() == nil)
            }
            #expect(client.terminationStatus == .exited(0), "\(client.standardError)")
            #expect(try await lines.next() == "goodbye")
        }
        #expect(outcome.terminationStatus == .exited(0))
        #expect(outcome.standardError == "")
    }

    @Test func `a client without a common protocol is refused`() async throws {
        let (client, server) = try await program.serve(serverOptions + protocols) { address in
            try await connect(to: address, ["-alpn", "other"]) { _ in }
        }
        #expect(client.terminationStatus == .exited(1))
        #expect(client.standardError.contains("no application protocol"), "\(client.standardError)")
        #expect(server.status == .exited(0))
        #expect(server.errors.contains("nio-echo-server: negotiationFailed"), "\(server.errors)")
    }

    private typealias Client = Execution<CustomWriteInput, SequenceOutput, StringOutput<UTF8>>

    private func connect(
        to address: String,
        _ options: [String],
        body: (Client) async throws -> Void
    ) async throws -> ExecutionResult<Void, SequenceOutput, StringOutput<UTF8>> {
        let own = [
            "s_client", "-connect", address, "-quiet", "-CAfile", certificate("root.pem"), "-verify_return_error",
        ]
        return try await Subprocess.run(
            Program.installed("openssl").executable,
            arguments: Arguments(own + options),
            input: .inputWriter,
            output: .sequence,
            error: .string(limit: 1 << 16),
            body: body
        )
    }
}
