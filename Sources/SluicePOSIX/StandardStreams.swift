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

    /// Keeps standard error out of a connection that is at standard input and output: inetd gives its socket three
    /// times, and what is told there would be garbage to the client. Nothing is told then.
    package static func separateError() {
        guard SystemCalls.isSame(STDERR_FILENO, input) || SystemCalls.isSame(STDERR_FILENO, output) else { return }
        SystemCalls.openNothing(as: STDERR_FILENO)
    }

    /// Takes standard input and output over, which carry a connection. Call it once.
    package static func takeTransport() throws(TransportError) -> DescriptorPair {
        DescriptorPair(input: try Descriptor(inherited: input), output: try Descriptor(inherited: output))
    }

    /// Who is at the other end of standard input, where that is a socket.
    package static var inputPeer: SocketAddress? { try? SystemCalls.peerAddress(of: input) }

    /// What standard input has: waits if it has nothing.
    package static func readInput(atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        do throws(TransportError) {
            var result = Transfer.moved(0)
            let bytes = try SystemCalls.bytes(atMost: countMax) { output throws(TransportError) in
                result = try SystemCalls.readBytes(input, into: &output)
            }
            return (result, bytes)
        } catch {
            throw error.of("read standard input")
        }
    }

    /// All of standard input, to its end.
    ///
    /// - Throws: `fileTooLarge` beyond `bytesMax`.
    package static func readAllInput(bytesMax: Int) throws(TransportError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let (result, more) = try readInput(atMost: 65_536)
            switch result {
            case .ended: return bytes
            case .moved: bytes += more
            case .blocked: try wait(for: .readable, at: input)
            }
            if bytes.count > bytesMax {
                throw TransportError(.fileTooLarge, "read standard input: it has more than \(bytesMax) bytes")
            }
        }
    }

    /// Writes all of the bytes to standard output, however long that takes.
    package static func writeAllOutput(_ bytes: [UInt8]) throws(TransportError) {
        try writeAll(bytes, to: output, "write to standard output")
    }

    /// Writes some of the bytes to standard output: as many as a pipe takes without waiting once it is writable.
    package static func writeOutput(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        do throws(TransportError) {
            return try write(bytes.prefix(Int(PIPE_BUF)), to: output)
        } catch {
            throw error.of("write to standard output")
        }
    }

    /// Writes all of a text to standard output, however long that takes.
    ///
    /// - Throws: `outputUnread` where the reader has seen enough, as `head` has.
    package static func print(_ text: String) throws(TransportError) {
        do throws(TransportError) {
            try writeAllOutput(Array(text.utf8))
        } catch {
            throw error.code == .connectionReset ? TransportError(.outputUnread, error.words) : error
        }
    }

    /// Whether this process has a terminal, where a program could ask for something.
    package static var hasTerminal: Bool { SystemCalls.hasControllingTerminal() }

    /// Whether somebody watches standard error: it is a terminal.
    package static var isErrorWatched: Bool { SystemCalls.isTerminal(STDERR_FILENO) }

    /// Whether somebody watches standard output: it is a terminal.
    package static var isOutputWatched: Bool { SystemCalls.isTerminal(output) }

    /// Whether somebody types standard input: it is a terminal.
    package static var isInputTyped: Bool { SystemCalls.isTerminal(input) }

    /// Writes all of a text to standard error. If nobody reads that, nobody can be told.
    package static func printError(_ text: String) {
        try? writeAll(Array(text.utf8), to: STDERR_FILENO, "write to standard error")
    }

    private static func writeAll(_ bytes: [UInt8], to number: CInt, _ words: String) throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            do throws(TransportError) {
                guard case .moved(let count) = try write(rest, to: number) else {
                    try wait(for: .writable, at: number)
                    continue
                }
                rest = rest.dropFirst(count)
            } catch {
                throw error.of(words)
            }
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to number: CInt) throws(TransportError) -> Transfer {
        try SystemCalls.lend(bytes) { bytes throws(TransportError) in try SystemCalls.writeBytes(number, bytes) }
    }

    /// Whoever started this process may have made the descriptor non-blocking.
    private static func wait(for readiness: Readiness, at number: CInt) throws(TransportError) {
        var poll = Poll()
        poll.add(number, for: readiness)
        try poll.wait(until: .never)
    }
}
