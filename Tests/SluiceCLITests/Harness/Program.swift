import Fixtures
import Foundation

/// A program that runs beside the test, with pipes at its three standard descriptors.
///
/// Whatever a test waits for has a bound; a program that is still there when its `Program` goes is killed.
final class Program: Sendable {
    /// What came of a program.
    struct Outcome: Sendable {
        /// The exit code, or minus the signal that ended it.
        let status: Int32
        /// Everything on its standard output.
        let output: [UInt8]
        /// Everything on its standard error.
        let errors: String

        /// Standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Its process ID.
    let id: pid_t

    private let name: String
    private let input: ByteFeeder
    private let output: ByteCollector
    private let errors: ByteCollector
    private let exit = Mailbox<Int32>()

    /// Starts the program at a path, or by a name in `PATH`.
    ///
    /// - Parameters:
    ///   - path: Where it is; without a slash, `PATH` is searched.
    ///   - arguments: Those after its name.
    ///   - environment: Added to this process's own; a nil value takes a variable away.
    /// - Throws: `ProgramFailure` if it can't be started.
    init(_ path: String, _ arguments: [String] = [], environment: [String: String?] = [:]) throws {
        spawning.lock()
        defer { spawning.unlock() }
        let pipes = try (input: ClosedOnExecPipe(), output: ClosedOnExecPipe(), errors: ClosedOnExecPipe())
        var variables = ProcessInfo.processInfo.environment
        for (key, value) in environment { variables[key] = value }
        name = ([path] + arguments).joined(separator: " ")
        id = try spawn(
            path,
            arguments,
            environment: variables.map { "\($0)=\($1)" },
            descriptors: [pipes.input.readEnd, pipes.output.writeEnd, pipes.errors.writeEnd]
        )
        for end in [pipes.input.readEnd, pipes.output.writeEnd, pipes.errors.writeEnd] { close(end) }
        input = ByteFeeder(pipes.input.writeEnd)
        output = ByteCollector(pipes.output.readEnd)
        errors = ByteCollector(pipes.errors.readEnd)
        Thread.detachNewThread { [id, exit] in exit.put(waitForEnd(of: id)) }
    }

    deinit {
        if exit.peek() == nil { kill(id, SIGKILL) }
        // The feeder's own thread keeps it alive until it is told that nothing will come.
        input.finish()
    }

    /// Gives bytes to its standard input, as fast as it takes them; returns at once.
    func write(_ bytes: [UInt8]) {
        input.append(bytes)
    }

    /// Gives text to its standard input.
    func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Ends its standard input behind what was written.
    func closeInput() {
        input.finish()
    }

    /// Sends it a signal.
    func signal(_ number: Int32) {
        kill(id, number)
    }

    /// Waits for the first line of standard output that begins with `prefix`. Returns what follows the prefix.
    func line(beginningWith prefix: String, within limit: Duration = .seconds(30)) throws -> String {
        try line(beginningWith: prefix, in: output, limit)
    }

    /// Waits for the first line of standard error that begins with `prefix`. Returns what follows the prefix.
    func errorLine(beginningWith prefix: String, within limit: Duration = .seconds(30)) throws -> String {
        try line(beginningWith: prefix, in: errors, limit)
    }

    private func line(beginningWith prefix: String, in stream: ByteCollector, _ limit: Duration) throws -> String {
        let found = stream.wait(within: limit) { bytes in
            completeLines(of: bytes).first { $0.hasPrefix(prefix) }
        }
        guard let found else { throw giveUp("no line beginning with \"\(prefix)\" within \(limit)") }
        return String(found.dropFirst(prefix.count))
    }

    /// Waits until standard output holds so many bytes. Returns all that is there.
    func output(ofAtLeast count: Int, within limit: Duration = .seconds(30)) throws -> [UInt8] {
        let found = output.wait(within: limit) { $0.count >= count ? $0 : nil }
        guard let found else { throw giveUp("not \(count) bytes of output within \(limit)") }
        return found
    }

    /// Waits until standard output ends with these bytes. Returns all that is there.
    func output(endingWith tail: [UInt8], within limit: Duration = .seconds(30)) throws -> [UInt8] {
        let found = output.wait(within: limit) { $0.suffix(tail.count) == tail[...] ? $0 : nil }
        guard let found else { throw giveUp("no output that ends with \(tail.count) given bytes within \(limit)") }
        return found
    }

    /// Waits until a text is somewhere in standard output, within a line or across lines.
    func waitForOutput(containing text: String, within limit: Duration = .seconds(30)) throws {
        let found = output.wait(within: limit) { String(decoding: $0, as: UTF8.self).contains(text) ? true : nil }
        if found == nil { throw giveUp("no output with \"\(text)\" within \(limit)") }
    }

    /// Waits for the first line of standard error with these words in it. Returns the line.
    func errorLine(containing words: String, within limit: Duration = .seconds(30)) throws -> String {
        try errorLine(matching: "\"\(words)\"", within: limit) { $0.contains(words) }
    }

    /// Waits for the first line of standard error that fits, as the words say. Returns the line.
    func errorLine(
        matching words: String,
        within limit: Duration = .seconds(30),
        _ fits: (String) -> Bool
    ) throws -> String {
        let found = errors.wait(within: limit) { completeLines(of: $0).first(where: fits) }
        guard let found else { throw giveUp("no line on standard error with \(words) within \(limit)") }
        return found
    }

    /// Waits for its end; one that takes longer goes on.
    func hasEnded(within limit: Duration) -> Bool {
        exit.wait(within: limit) != nil
    }

    /// What it has put out so far, both streams, for a test that fails.
    var said: String {
        [output, errors].map { String(decoding: $0.all(within: .zero), as: UTF8.self) }.joined()
    }

    /// Waits for its end. One that takes longer is killed, and the test fails with what it had said.
    func finish(within limit: Duration = .seconds(60)) throws -> Outcome {
        guard let status = exit.wait(within: limit) else { throw giveUp("still running after \(limit)") }
        // The pipes end with the program, unless it left children behind.
        let grace = Duration.seconds(5)
        return Outcome(
            status: status,
            output: output.all(within: grace),
            errors: String(decoding: errors.all(within: grace), as: UTF8.self)
        )
    }

    private func giveUp(_ words: String) -> ProgramFailure {
        if exit.peek() == nil { kill(id, SIGKILL) }
        let status = exit.wait(within: .seconds(5)).map { "\($0)" } ?? "unknown"
        let said = String(decoding: errors.all(within: .seconds(1)), as: UTF8.self)
        return ProgramFailure(description: "\(words): \(name)\nstatus \(status), standard error:\n\(said)")
    }
}

/// What a program did not do in time.
struct ProgramFailure: Error, CustomStringConvertible {
    let description: String
}

private func completeLines(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        .map { String(decoding: $0, as: UTF8.self) }
}
