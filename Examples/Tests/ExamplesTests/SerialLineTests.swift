import Foundation
import Programs
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(10)), .needs("socat"))
struct SerialLineTests {
    private let program = Program.example("serial-line")

    @Test func `a message comes back in capitals`() async throws {
        try await withSerialLine { near, far in
            async let serving = program.run(["server", far] + serverOptions)
            let client = try await program.run(options(near, trusting: "root.pem") + ["how warm is it?"])
            #expect(client.status == .exited(0), "\(client.errors)")
            #expect(client.text == "HOW WARM IS IT?\n")
            let server = try await serving
            #expect(server.status == .exited(0), "\(server.errors)")
        }
    }

    @Test func `a server that isn't trusted learns why`() async throws {
        try await withSerialLine { near, far in
            async let serving = program.run(["server", far] + serverOptions)
            let client = try await program.run(options(near, trusting: "stranger.pem") + ["how warm is it?"])
            #expect(client.status == .exited(1))
            #expect(client.errors.contains("verificationFailed"))
            let server = try await serving
            #expect(server.status == .exited(1))
            #expect(server.errors.contains("alertReceived"), "\(server.errors)")
        }
    }

    @Test func `a file that is no serial line is refused`() async throws {
        let outcome = try await program.run(options("/dev/null", trusting: "root.pem") + ["hello"])
        #expect(outcome.status == .exited(1))
        #expect(outcome.errors.contains("no terminal"), "\(outcome.errors)")
    }

    private func options(_ device: String, trusting root: String) -> [String] {
        ["client", device, "--name", "server.test", "--ca", certificate(root)]
    }

    /// Makes two pseudo-terminals that are connected, for as long as `body` runs.
    private func withSerialLine(_ body: (String, String) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let (near, far) = (folder.appending(path: "near").path, folder.appending(path: "far").path)
            _ = try await Subprocess.run(
                Program.installed("socat").executable,
                arguments: ["-d", "-d", "pty,raw,echo=0,link=\(near)", "pty,raw,echo=0,link=\(far)"],
                input: .none,
                output: .discarded,
                error: .sequence
            ) { execution in
                for try await line in execution.standardError.strings() {
                    if line.contains("starting data transfer loop") { break }
                }
                try await body(near, far)
                try execution.send(signal: .terminate)
            }
        }
    }
}
