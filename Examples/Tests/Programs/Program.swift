import Foundation
import Subprocess
import SystemPackage
import Testing

/// A program that a test runs, and that ends with the test, whatever becomes of either.
public struct Program: Sendable {
    /// Where it is.
    public let executable: Executable

    /// One of the examples, built with the tests.
    public static func example(_ name: String) -> Program {
        Program(executable: .path(FilePath("\(productsDirectory)/\(name)")))
    }

    /// One that may be installed.
    public static func installed(_ name: String) -> Program {
        Program(executable: path(of: name).map { .path(FilePath($0)) } ?? .name(name))
    }

    /// What came of a program.
    public struct Outcome: Sendable {
        /// How it ended.
        public let status: TerminationStatus
        /// Its standard output.
        public let output: [UInt8]
        /// Its standard error.
        public let errors: String

        /// Its standard output as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs it to its end.
    @discardableResult
    public func run(_ arguments: [String], input: [UInt8] = []) async throws -> Outcome {
        let result = try await Subprocess.run(
            executable,
            arguments: Arguments(arguments),
            input: .array(input),
            output: .bytes(limit: outputBytesMax),
            error: .string(limit: outputBytesMax)
        )
        return Outcome(
            status: result.terminationStatus,
            output: result.standardOutput,
            errors: result.standardError
        )
    }

    /// Runs it while `body` does, then asks it to end by SIGTERM.
    ///
    /// - Parameters:
    ///   - arguments: What tells it to listen where it likes.
    ///   - body: Is given what it says behind "listening on ".
    /// - Returns: What `body` returns, and how the program ended, with what it said after that line.
    /// - Throws: What `body` throws; that the program doesn't listen.
    public func serve<Value: Sendable>(
        _ arguments: [String],
        while body: (String) async throws -> Value
    ) async throws -> (value: Value, outcome: Outcome) {
        let result = try await Subprocess.run(
            executable,
            arguments: Arguments(arguments),
            input: .none,
            output: .sequence,
            error: .string(limit: outputBytesMax)
        ) { execution in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            guard let line = try await lines.next(), line.hasPrefix(greeting) else { return (Value?.none, "") }
            let value = try await body(String(line.dropFirst(greeting.count)))
            try execution.send(signal: .terminate)
            var rest = ""
            while let line = try await lines.next() { rest += line + "\n" }
            return (value, rest)
        }
        let (value, rest) = result.closureResult
        let errors = result.standardError
        let outcome = Outcome(status: result.terminationStatus, output: Array(rest.utf8), errors: errors)
        return (try #require(value, "it doesn't listen: \(outcome.status) \(outcome.errors)"), outcome)
    }
}

/// What a server says before where it listens.
private let greeting = "listening on "

/// More than any test makes a program say.
private let outputBytesMax = 16 << 20

/// Where a program is, or nil if it isn't installed. Debian keeps servers where only root's `PATH` looks.
private func path(of name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { String($0) }
    return (folders + ["/usr/sbin", "/usr/local/sbin"]).map { "\($0)/\(name)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// Where the examples are: beside the tests.
private var productsDirectory: String {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    return (bundle ?? Bundle.main.bundleURL).path
}

extension Trait where Self == ConditionTrait {
    /// Skips what can't be tried without this program.
    public static func needs(_ program: String) -> Self {
        .enabled(if: path(of: program) != nil, "\(program) isn't installed: see Scripts/install-packages")
    }
}
