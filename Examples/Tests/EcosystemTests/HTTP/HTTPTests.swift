import Foundation
import NIOCore
import Testing

/// NIO's HTTP handlers behind Sluice's, driven by programs of others. A program that isn't there is passed over.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct HTTPTests {
    @Test(.enabled(if: Program.curl.isThere), arguments: ["--http1.1", "--http2"], ["--tlsv1.3", "--tls-max 1.2"])
    func `curl fetches megabytes`(http: String, tls: String) async throws {
        let server = try await HTTPServer.listening()
        let url = "https://localhost:\(server.port)/3000000"
        let format = "%{http_version} %{size_download} %{http_code}"
        let output = try await Program.curl.run(
            [http] + tls.split(separator: " ").map(String.init)
                + ["-sS", "--cacert", path("root.pem"), "-o", "/dev/null", "-w", format, url]
        )
        #expect(output == (http == "--http2" ? "2 3000000 200" : "1.1 3000000 200"))
        try await server.channel.close()
    }

    @Test(.enabled(if: Program.curl.isThere), arguments: ["--http1.1", "--http2"])
    func `curl sends megabytes`(http: String) async throws {
        let server = try await HTTPServer.listening()
        let body = FileManager.default.temporaryDirectory.appending(path: "sluice-\(UUID().uuidString)")
        try Data(repeating: 0x62, count: 3_000_000).write(to: body)
        defer { try? FileManager.default.removeItem(at: body) }
        let output = try await Program.curl.run(
            [http, "-sS", "--cacert", path("root.pem"), "--data-binary", "@\(body.path)", "-o", "/dev/null"]
                + ["-w", "%{size_download}", "https://localhost:\(server.port)/"]
        )
        #expect(output == "3000000")
        try await server.channel.close()
    }

    @Test(.enabled(if: Program.h2load.isThere))
    func `h2load makes thousands of requests, and all succeed`() async throws {
        let server = try await HTTPServer.listening()
        let output = try await Program.h2load.run(
            ["-n", "2000", "-c", "8", "-m", "10", "https://127.0.0.1:\(server.port)/1000"]
        )
        #expect(output.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"), "\(output)")
        try await server.channel.close()
    }
}

/// A program that speaks HTTP.
struct Program: Sendable {
    let path: String

    static let curl = Program(path: "/usr/bin/curl")
    static let h2load = Program(path: "/usr/bin/h2load")

    var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// What it says on its standard output.
    func run(_ arguments: [String]) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try await Task.detached { try output.fileHandleForReading.readToEnd() ?? Data() }.value
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The whole of a file of the test PKI.
func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
}
