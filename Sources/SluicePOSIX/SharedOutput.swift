#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A descriptor that this process was started with and shares with others, to write to: standard error as a rule. It stays
/// as it is, blocking or not, and is never closed.
package struct SharedOutput: Sendable {
    private let number: CInt

    /// The descriptor of that number.
    package init(_ number: CInt) {
        self.number = number
    }

    /// Standard error.
    package static let standardError = SharedOutput(STDERR_FILENO)

    /// As many bytes as a pipe takes whole, not mixed with those of others (`PIPE_BUF`).
    package static let wholeBytesMax = Int(PIPE_BUF)

    /// Writes at most ``wholeBytesMax`` of the bytes. It doesn't wait behind ``waitForRoom(until:)``, unless somebody else
    /// writes in between. Nobody to read is an error, never SIGPIPE.
    package func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) -> Transfer {
        try SystemCalls.lend(bytes.prefix(Self.wholeBytesMax)) { bytes throws(TransportError) in
            try SystemCalls.writeQuietly(number, bytes)
        }
    }

    /// Waits until there is room for ``wholeBytesMax``.
    ///
    /// - Returns: Whether there is.
    package func waitForRoom(until deadline: Deadline) throws(TransportError) -> Bool {
        var poll = Poll()
        let place = poll.add(number, for: .writable)
        try poll.wait(until: deadline)
        return !poll.readiness(at: place).isEmpty
    }
}
