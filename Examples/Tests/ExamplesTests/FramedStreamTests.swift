import Programs
import Testing

@Suite(.timeLimit(.minutes(10)))
struct FramedStreamTests {
    private let program = Program.example("framed-stream")

    @Test(arguments: [1, 100_000])
    func `a message comes back`(count: Int) async throws {
        let message = String(repeating: "0123456789", count: count / 10 + 1)
        let (client, _) = try await program.serve(["server"] + serverOptions) { address in
            try await program.run(options(of: address, trusting: "root.pem") + [message])
        }
        #expect(client.status == .exited(0), "\(client.errors)")
        #expect(client.text == message)
    }

    @Test func `several clients are served, and a refusal is only one client's`() async throws {
        let (texts, server) = try await program.serve(["server"] + serverOptions) { address in
            var texts: [String] = []
            for root in ["root.pem", "stranger.pem", "root.pem"] {
                let outcome = try await program.run(options(of: address, trusting: root) + ["hello"])
                #expect((outcome.status == .exited(0)) == (root == "root.pem"), "\(outcome.errors)")
                texts.append(outcome.text)
            }
            return texts
        }
        #expect(texts == ["hello", "", "hello"])
        #expect(server.errors.contains("alertReceived"), "\(server.errors)")
    }

    @Test(.needs("curl"))
    func `a client that wants no WebSocket is turned away`() async throws {
        let (client, _) = try await program.serve(["server"] + serverOptions) { address in
            try await Program.installed("curl").run(["-sS", "http://\(address)/"])
        }
        #expect(client.status != .exited(0))
    }

    private func options(of address: String, trusting root: String) -> [String] {
        let port = address.split(separator: ":").last.map { String($0) } ?? ""
        return ["client", "--name", "server.test", "--ca", certificate(root), "--port", port]
    }
}
