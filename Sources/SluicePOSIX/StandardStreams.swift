#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The three descriptors that a process starts with. They are shared with the shell, so they stay as they are: blocking,
/// and never closed. Poll before each call.
package enum StandardStreams {
    /// The number of standard input, for ``Poll``.
    package static let input = STDIN_FILENO
    /// The number of standard output, for ``Poll``.
    package static let output = STDOUT_FILENO

    /// Makes sure that all three are there, and that writing to a pipe that nobody reads fails and doesn't kill the
    /// process. Call it before anything is opened.
    package static func prepare() {
        SystemCalls.openMissingStandardStreams()
        SystemCalls.ignoreBrokenPipes()
    }

    /// What standard input has: waits if it has nothing.
    package static func readInput(atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        do throws(TransportError) {
            return try SystemCalls.readBytes(input, atMost: countMax)
        } catch {
            throw error.of("read standard input")
        }
    }

    /// Writes some of the bytes to standard output: as many as a pipe takes without waiting once it is writable.
    package static func writeOutput(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        do throws(TransportError) {
            return try SystemCalls.writeBytes(output, bytes.prefix(Int(PIPE_BUF)), isSocket: false)
        } catch {
            throw error.of("write to standard output")
        }
    }

    /// Writes all of a text to standard output, however long that takes.
    package static func print(_ text: String) throws(TransportError) {
        try writeAll(text, to: output, "write to standard output")
    }

    /// Writes all of a text to standard error. If nobody reads that, nobody can be told.
    package static func printError(_ text: String) {
        try? writeAll(text, to: STDERR_FILENO, "write to standard error")
    }

    private static func writeAll(_ text: String, to number: CInt, _ words: String) throws(TransportError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            do throws(TransportError) {
                guard case .moved(let count) = try SystemCalls.writeBytes(number, rest, isSocket: false) else {
                    try waitUntilWritable(number)
                    continue
                }
                rest = rest.dropFirst(count)
            } catch {
                throw error.of(words)
            }
        }
    }

    /// Whoever started this process may have made the descriptor non-blocking.
    private static func waitUntilWritable(_ number: CInt) throws(TransportError) {
        var poll = Poll()
        poll.add(number, for: .writable)
        try poll.wait(until: .never)
    }
}
