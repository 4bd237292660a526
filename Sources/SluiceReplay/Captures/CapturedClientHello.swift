public import Sluice

/// A ClientHello that somebody sent, from a packet capture.
public struct CapturedClientHello: Hashable, Sendable {
    /// Who sent it, as address and port: `192.0.2.1:49152` or `[2001:db8::1]:49152`.
    public let source: String

    /// To whom.
    public let destination: String

    /// When its connection's first byte was seen; nil if the capture doesn't say.
    public let time: UnixTime?

    /// Whether it answers a HelloRetryRequest (RFC 8446 §4.1.4), that is, whether the same client sent one before.
    ///
    /// A server engine that hasn't asked for it takes it as a first one.
    public let isRetry: Bool

    /// The TLS records exactly as they were sent, headers included: what a server engine's `feed` takes.
    public let records: [UInt8]

    /// What it says.
    public let message: ClientHello
}
