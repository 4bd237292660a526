public import NIOCore
public import Sluice

/// What the owner of a channel chooses about its TLS handler. All of it has defaults.
public struct TLSHandlerConfiguration: Sendable {
    /// How long the handshake may take, from the moment at which the channel is active; nil: as long as it likes.
    public var handshakeTimeout: TimeAmount? = TLSHandlerLimits.handshakeTimeoutDefault

    /// How long the peer may take to answer close_notify before the channel is closed without.
    public var shutdownTimeout = TLSHandlerLimits.shutdownTimeoutDefault

    /// Who answers the questions that the context's `TLSParameters.decisions` ask for.
    public var decisions = TLSDecisionMakers()

    /// Is told of every event of the engine, on the channel's event loop: key-log lines, sessions, alerts.
    public var observer: (@Sendable (TLSEvent) -> Void)?

    /// The defaults.
    public init() {}
}

/// Who answers an engine's questions.
///
/// Each is asked on the channel's event loop and answers when it can, on any event loop. Bytes wait meanwhile, within
/// bounds, and the handshake's time runs. A future that fails ends the connection, and its error is fired before the
/// engine's. The channel may be gone when the answer comes; then it's of no effect.
public struct TLSDecisionMakers: Sendable {
    /// On a server: what to do with a ClientHello.
    public var clientHello: (@Sendable (ClientHello, any EventLoop) -> EventLoopFuture<ClientHelloAnswer>)?

    /// On a client: which identity to present.
    public var clientIdentity:
        (@Sendable (ClientIdentityRequest, any EventLoop) -> EventLoopFuture<ClientIdentityAnswer>)?

    /// Whether to accept the peer.
    public var peerCertificate:
        (@Sendable (PeerCertificateRequest, any EventLoop) -> EventLoopFuture<PeerCertificateAnswer>)?

    /// Nobody: a question ends the connection.
    public init() {}
}
