/// Why a connection ended badly, or why a configuration can't be used.
///
/// Branch on ``code``; ask ``fault`` whom to blame; log ``description``. An engine's error is sticky: once a verb threw
/// it, every later verb but `drain` throws the same value.
public struct TLSError: Error, Hashable, Sendable {
    /// What went wrong, in one word to branch on.
    public let code: Code

    /// Who is at fault.
    public let fault: Fault

    /// What failed with what, and where it helps, what to do. For people; never holds keys or plaintext.
    public let words: String

    /// The fatal alert that was sent or received, if there was one.
    public var alert: Alert?

    /// Why the peer's certificate was not accepted, where that was the reason.
    public var verification: VerificationFailure?

    /// Whether it happened before the handshake had completed.
    public var isDuringHandshake = false

    /// OpenSSL's error queue in its own words, oldest first. For logs only: the wording changes between releases.
    public var openSSLWords: [String] = []

    /// An error with these parts.
    package init(_ code: Code, fault: Fault, _ words: String) {
        self.code = code
        self.fault = fault
        self.words = words
    }

    /// Who made the failure happen.
    public enum Fault: Hashable, Sendable {
        /// The other end broke the protocol, or offers nothing acceptable.
        case peer
        /// The owner of the engine gave something unusable or gave up.
        case caller
        /// The bytes stopped coming, or what carried them failed.
        case transport
        /// Sluice or OpenSSL failed: out of memory, or a bug.
        case `internal`
    }

    /// A fatal alert with the end that sent it.
    public struct Alert: Hashable, Sendable {
        /// What the alert says.
        public let description: TLSAlert

        /// Who sent it.
        public let sender: Sender

        /// An alert from this end of the connection.
        public init(_ description: TLSAlert, sentBy sender: Sender) {
            self.description = description
            self.sender = sender
        }

        /// The two ends of a connection, seen from the engine.
        public enum Sender: Hashable, Sendable {
            /// This engine.
            case local
            /// The other end.
            case peer
        }
    }
}

extension TLSError: CustomStringConvertible {
    /// Code, words, alert and OpenSSL's words in one line for a log.
    public var description: String {
        var line = "\(code): \(words)"
        if let verification { line += " (\(verification))" }
        if let alert {
            line +=
                alert.sender == .local ? " [sent alert \(alert.description)]" : " [received alert \(alert.description)]"
        }
        if !openSSLWords.isEmpty { line += " {\(openSSLWords.joined(separator: "; "))}" }
        return line
    }
}
