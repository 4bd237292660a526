import Programs
import Sluice
import Testing

/// NIOHTTP1 and swift-nio-http2 behind Sluice's handler, with clients that aren't ours.
@Suite(.timeLimit(.minutes(10)))
struct HTTPServerTests {
    @Test(
        .needs("curl"),
        arguments: [("--http1.1", "1.1"), ("--http2", "2"), ("--no-alpn", "1.1")],
        TLSVersion.allCases
    )
    func `curl is spoken to as it likes`(option: (name: String, version: String), version: TLSVersion) async throws {
        let outcome = try await withHTTPEchoServer(version) { address in
            try await curl(address, [option.name, "-d", "hello ", "-w", "%{http_version} %{response_code}"])
        }
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        #expect(outcome.text == "hello \(option.version) 200")
    }

    @Test(.needs("curl"), arguments: ["--http1.1", "--http2"], TLSVersion.allCases)
    func `five million bytes go up and come down`(option: String, version: TLSVersion) async throws {
        let bytes = pattern(5_000_000)
        let outcome = try await withHTTPEchoServer(version) { address in
            try await curl(address, [option, "--data-binary", "@-", "-H", "Expect:"], input: bytes)
        }
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        // In words of its own a mismatch would be looked for byte by byte, for hours.
        let isSame = outcome.output == bytes
        #expect(isSame, "\(outcome.output.count) bytes of \(bytes.count)")
    }

    @Test(.needs("h2load"), arguments: [(TLSVersion.tls12, 1_000), (.tls13, 10_000)])
    func `thousands of requests are answered, a hundred at a time`(version: TLSVersion, count: Int) async throws {
        let outcome = try await withHTTPEchoServer(version) { address in
            try await Program.installed("h2load").run(["-n", "\(count)", "-c", "4", "-m", "100", "https://\(address)/"])
        }
        #expect(outcome.status == .exited(0), "\(outcome.errors)")
        #expect(outcome.text.contains("Application protocol: h2"))
        let all = "\(count) total, \(count) started, \(count) done, \(count) succeeded, 0 failed, 0 errored"
        #expect(outcome.text.contains(all), "\(outcome.text)")
        #expect(outcome.text.contains("status codes: \(count) 2xx"))
    }

    private func curl(_ address: String, _ arguments: [String], input: [UInt8] = []) async throws -> Program.Outcome {
        let own = ["-sS", "--cacert", certificate("root.pem"), "https://\(address)/"]
        return try await Program.installed("curl").run(own + arguments, input: input)
    }
}
