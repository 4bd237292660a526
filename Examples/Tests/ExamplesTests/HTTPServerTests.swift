import Foundation
import Programs
import Testing

@Suite(.timeLimit(.minutes(10)))
struct HTTPServerTests {
    private let program = Program.example("http-server")

    @Test(.needs("curl"), arguments: [("--http1.1", "1.1"), ("--http2", "2")])
    func `curl gets a page`(option: String, version: String) async throws {
        let (page, server) = try await program.serve(serverOptions) { address in
            try await curl([option, "-w", "%{http_version} %{response_code}", "https://\(address)/"])
        }
        #expect(page.status == .exited(0), "\(page.errors)")
        #expect(page.text == "hello over TLS\n\(version) 200")
        #expect(server.status == .exited(0))
        #expect(server.errors == "")
    }

    @Test(.needs("curl"), arguments: ["--http1.1", "--http2"])
    func `five million bytes go up and come down`(option: String) async throws {
        let bytes = pattern(5_000_000)
        let (page, server) = try await program.serve(serverOptions) { address in
            try await curl([option, "--data-binary", "@-", "-H", "Expect:", "https://\(address)/echo"], input: bytes)
        }
        #expect(page.status == .exited(0), "\(page.errors)")
        // In words of its own a mismatch would be looked for byte by byte, for hours.
        let isSame = page.output == bytes
        #expect(isSame, "\(page.output.count) bytes of \(bytes.count)")
        #expect(server.status == .exited(0))
    }

    @Test func `async-client gets the page`() async throws {
        let (client, _) = try await program.serve(serverOptions) { address in
            try await asyncClient(["https://\(address)/?a=b", "--ca", certificate("root.pem")])
        }
        #expect(client.status == .exited(0), "\(client.errors)")
        #expect(client.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(client.text.hasSuffix("\r\n\r\nhello over TLS\n"))
    }

    @Test func `async-client refuses a server that isn't trusted`() async throws {
        let (client, server) = try await program.serve(serverOptions) { address in
            // The system's roots don't know ours.
            try await asyncClient(["https://\(address)/"])
        }
        #expect(client.status == .exited(1))
        #expect(client.errors.contains("verificationFailed"), "\(client.errors)")
        #expect(client.output.isEmpty)
        #expect(server.errors.contains("alertReceived"), "\(server.errors)")
    }

    @Test(arguments: ["http://localhost/", "nonsense", "https://", "https://a b/"])
    func `async-client takes https alone`(address: String) async throws {
        let client = try await asyncClient([address])
        #expect(client.status == .exited(64))
        #expect(client.errors.contains("is no https:// address"), "\(client.errors)")
    }

    private func curl(_ arguments: [String], input: [UInt8] = []) async throws -> Program.Outcome {
        try await Program.installed("curl").run(["-sS", "--cacert", certificate("root.pem")] + arguments, input: input)
    }

    private func asyncClient(_ arguments: [String]) async throws -> Program.Outcome {
        try await Program.example("async-client").run(arguments)
    }
}
