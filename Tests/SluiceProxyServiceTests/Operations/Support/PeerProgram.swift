import Foundation

/// A program of the system that a test of operations talks to.
struct PeerProgram: Sendable {
    /// What came of it.
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    private let path: String

    /// A program by its name; nil where it isn't installed.
    init?(_ name: String) {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":") + ["/usr/bin", "/bin"]
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
        self.path = path
    }

    /// Whether a program is installed.
    static func isThere(_ name: String) -> Bool { PeerProgram(name) != nil }

    /// Runs it to its end, with this as its standard input. It mustn't answer before it has read all of it.
    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) async throws -> Outcome {
        try await offPool { try runToEnd(arguments, input, environment) }
    }

    private func runToEnd(_ arguments: [String], _ input: String, _ environment: [String: String]) throws -> Outcome {
        let process = Process()
        let (inputPipe, outputPipe, errorPipe) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = inputPipe
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        try process.run()
        try inputPipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try inputPipe.fileHandleForWriting.close()
        let output = try outputPipe.fileHandleForReading.readToEnd() ?? Data()
        let errors = try errorPipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self)
        )
    }
}
