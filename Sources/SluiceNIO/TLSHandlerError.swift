/// Why a handler gave something up, where TLS itself has not failed. Failures of TLS are `TLSError`.
public struct TLSHandlerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, in one word to branch on.
    public let code: Code

    init(_ code: Code) {
        self.code = code
    }

    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable {
        fileprivate enum Value: String {
            case alreadyClosed, handshakeTimedOut, removed, shutdownTimedOut, undecided, unwrapped
        }

        fileprivate let value: Value

        /// The connection is closing or closed, so TLS can't be taken off it.
        public static let alreadyClosed = Code(value: .alreadyClosed)
        /// The handshake had not completed in time.
        public static let handshakeTimedOut = Code(value: .handshakeTimedOut)
        /// The handler was removed from the pipeline.
        public static let removed = Code(value: .removed)
        /// The peer had not answered close_notify in time.
        public static let shutdownTimedOut = Code(value: .shutdownTimedOut)
        /// The engine has a question, and the configuration names nobody to answer it.
        public static let undecided = Code(value: .undecided)
        /// TLS was taken off the channel before the bytes were flushed.
        public static let unwrapped = Code(value: .unwrapped)
    }

    /// The code in words, for logs.
    public var description: String {
        switch code.value {
        case .alreadyClosed: "the connection is closed or about to be"
        case .handshakeTimedOut: "the handshake took longer than handshakeTimeout"
        case .removed: "the TLS handler was removed from the pipeline"
        case .shutdownTimedOut: "the peer didn't answer close_notify within shutdownTimeout"
        case .undecided: "the TLSContext asks for a decision that TLSHandlerConfiguration.decisions doesn't make"
        case .unwrapped: "TLS was stopped before these bytes were flushed"
        }
    }
}
