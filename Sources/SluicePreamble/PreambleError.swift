/// Why TLS can't begin, or why a value can't be said to the peer.
///
/// Branch on ``code``; log ``description``. A preamble's error is sticky: each later `feed` throws the same value.
public struct PreambleError: Error, Hashable, Sendable {
    /// What went wrong, in one word to branch on.
    public let code: Code

    /// Who is at fault.
    public let fault: Fault

    /// What was said with what, and where it helps, what to do. For people; never holds a password.
    ///
    /// The peer's own text in it is cut, freed of control characters, and not authenticated: anybody on the way could
    /// have written it.
    public let words: String

    /// An error with these parts.
    package init(_ code: Code, fault: Fault = .peer, _ words: String) {
        self.code = code
        self.fault = fault
        self.words = words
    }

    /// Who made the failure happen.
    public enum Fault: Hashable, Sendable {
        /// The other end said no, or broke the protocol.
        case peer
        /// The owner of the preamble asked for something that can't be said.
        case caller
        /// The bytes stopped coming.
        case transport
    }

    /// The kinds of failure. More may be added, so a `switch` needs a `default`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String {
            case authenticationRequired, checksumMismatch, malformed, refused, tooLong, truncated, unsupported
        }

        private let value: Value

        private init(_ value: Value) {
            self.value = value
        }

        /// The name of the static member: `refused`.
        public var description: String { value.rawValue }

        /// The proxy wants credentials, or better ones (407).
        public static let authenticationRequired = Code(.authenticationRequired)
        /// A PROXY header whose bytes are not those that its CRC32C was made of.
        public static let checksumMismatch = Code(.checksumMismatch)
        /// The peer doesn't speak this protocol, or breaks it.
        public static let malformed = Code(.malformed)
        /// The peer says no; the words say how.
        public static let refused = Code(.refused)
        /// More bytes than ``PreambleLimits`` allows.
        public static let tooLong = Code(.tooLong)
        /// The bytes ended before the preamble did.
        public static let truncated = Code(.truncated)
        /// The peer doesn't offer it, or the format can't say it.
        public static let unsupported = Code(.unsupported)
    }
}

extension PreambleError: CustomStringConvertible {
    /// Code and words in one line for a log.
    public var description: String { "\(code): \(words)" }
}
