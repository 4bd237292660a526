public import Sluice

/// How a session ended.
public struct SessionEnd: Error, Hashable, Sendable {
    /// Why.
    public let reason: Reason

    /// Whose doing it was, if one side's.
    public let side: ProxySide?

    /// What TLS has to say about it.
    public let error: TLSError?

    /// Details for logs.
    public let words: String

    /// An end.
    public init(_ reason: Reason, side: ProxySide? = nil, error: TLSError? = nil, words: String = "") {
        self.reason = reason
        self.side = side
        self.error = error
        self.words = words
    }

    /// Why sessions end. The raw value is the word for logs and labels of metrics.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// Both sides said that they are done, and everything they had sent was passed on.
        case completed
        /// What a client sent first is no ClientHello, or not within the limit.
        case notTLS = "not_tls"
        /// The owner has no route for the client, or turned it away.
        case refused
        /// A TLS handshake failed.
        case handshakeFailed = "handshake_failed"
        /// A peer closed its connection without close_notify: what it sent may have been cut.
        case truncated
        /// TLS failed after the handshake.
        case tlsFailed = "tls_failed"
        /// A connection broke, or closed before there was anything to close.
        case connectionLost = "connection_lost"
        /// No upstream could be connected.
        case connectFailed = "connect_failed"
        /// A handshake took too long.
        case handshakeTimeout = "handshake_timeout"
        /// Nothing moved for too long.
        case idleTimeout = "idle_timeout"
        /// The session was as long as one may be.
        case totalTimeout = "total_timeout"
        /// A limit of the proxy's was reached.
        case overLimit = "over_limit"
        /// The proxy stopped before the session had ended.
        case shutDown = "shut_down"
        /// The proxy's own fault.
        case internalError = "internal_error"
    }
}

extension SessionEnd: CustomStringConvertible {
    /// What TLS has to say, or else the words.
    public var details: String { error?.description ?? words }

    /// `truncated (client): …`.
    public var description: String {
        let who = side.map { $0 == .client ? " (client)" : " (upstream)" } ?? ""
        return reason.rawValue + who + (details.isEmpty ? "" : ": " + details)
    }
}
