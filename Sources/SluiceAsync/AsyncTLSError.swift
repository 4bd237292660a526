public import Sluice

/// Why a stream can't go on, where neither TLS nor its transport is the reason.
///
/// A stream throws three kinds of error: `TLSError` for what TLS is about, the transport's own errors unchanged, and
/// this. Besides them `CancellationError`, in tasks that are cancelled.
public struct AsyncTLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, in one word to branch on.
    public let code: Code

    /// Who is at fault.
    public let fault: TLSError.Fault

    /// What failed, for people.
    public let words: String

    init(_ code: Code, fault: TLSError.Fault, _ words: String) {
        self.code = code
        self.fault = fault
        self.words = words
    }

    /// Code and words in one line for a log.
    public var description: String { "\(code): \(words)" }

    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The name of the static member: `handshakeTimedOut`.
        public let description: String

        /// The handshake took longer than it was given.
        public static let handshakeTimedOut = Code(description: "handshakeTimedOut")
        /// The transport didn't take what was written before the scope's end in the time that it was given.
        public static let closeTimedOut = Code(description: "closeTimedOut")
        /// The engine asks for a decision, and nobody answers such: see ``AsyncTLSDecisions``.
        public static let undecided = Code(description: "undecided")
        /// A stream was used after its scope.
        public static let scopeEnded = Code(description: "scopeEnded")
        /// ``AsyncTLSStream/unwrap()`` met plaintext of the peer that wasn't read. Read it and unwrap again.
        public static let plaintextUnread = Code(description: "plaintextUnread")
        /// A transport gave more than ``AsyncTLSLimits/chunkBytesMax`` at once.
        public static let chunkTooLong = Code(description: "chunkTooLong")
        /// An ``InMemoryTransport`` was used after it, or the other end, was closed.
        public static let transportClosed = Code(description: "transportClosed")
    }
}
