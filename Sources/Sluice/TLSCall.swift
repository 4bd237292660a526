/// One call of an engine's verb, after it ran: what went in and what came of it.
///
/// An engine that was made with a seed gives each of its calls to its ``TLSRecorder``. The same calls in the same order
/// on an engine with the same ``TLSBeginning`` come to the same, byte for byte.
public struct TLSCall: Sendable {
    /// What was called.
    public let verb: Verb

    /// What it returned.
    public let outcome: Outcome

    /// What it threw instead, or nil.
    public let failure: TLSError?

    /// A call of these parts.
    public init(_ verb: Verb, _ outcome: Outcome = .nothing, failure: TLSError? = nil) {
        self.verb = verb
        self.outcome = outcome
        self.failure = failure
    }

    /// A verb with everything that its effect depends on.
    public enum Verb: Sendable {
        /// `feed` of these bytes, which were taken, and perhaps more: `offered` is above their count if so.
        case feed([UInt8], offered: Int)
        /// `feed(filling:)`, which put these in.
        case fill([UInt8])
        /// `feedEOF`.
        case feedEOF
        /// `drain` with room for so many bytes; one more than it gave stands for any more. Calls that found nothing aren't
        /// told.
        case drain(atMost: Int)
        /// `write` of these bytes, which were taken, and perhaps more: `offered` tells how many, as far as it matters.
        case write([UInt8], offered: Int)
        /// `read` with room for so many bytes; one more than it gave stands for any more.
        case read(atMost: Int)
        /// `nextEvent`. Calls that found none aren't told.
        case nextEvent
        /// `resolve`.
        case resolve(TLSAnswer)
        /// `close`.
        case close
        /// `updateKeys`.
        case updateKeys(requestingPeer: Bool)
        /// `hibernate`.
        case hibernate
        /// `takeLeftover`.
        case takeLeftover
        /// `setTime`.
        case setTime(UnixTime)
    }

    /// What a verb returned.
    public enum Outcome: Hashable, Sendable {
        /// Nothing, or it threw.
        case nothing
        /// Bytes taken.
        case count(Int)
        /// Bytes given.
        case bytes([UInt8])
        /// An event.
        case event(TLSEvent)
        /// Whether it did what it was called for.
        case flag(Bool)
    }
}

/// An owner's answer to a decision, whichever it was.
public enum TLSAnswer: Sendable {
    /// To a ClientHello.
    case clientHello(ClientHelloAnswer)
    /// To a server's request for an identity.
    case clientIdentity(ClientIdentityAnswer)
    /// For the peer's certificates.
    case peerCertificate(PeerCertificateAnswer)
}
