public import Sluice

/// What a session wants done, or wants known. Pulled with ``ProxySession/nextCommand()``.
public enum ProxyCommand: Sendable {
    /// Say what becomes of this client: ``ProxySession/resolve(_:)``. Without a ClientHello the client has no TLS.
    case route(ClientHello?)
    /// Say whether a peer's certificates are accepted: ``ProxySession/resolve(_:of:)``.
    case judge(ProxySide, PeerCertificateRequest)
    /// Connect an upstream, then call ``ProxySession/upstreamConnected(_:)``, or ``ProxySession/end(_:)`` if that can't be
    /// done. A client whose TLS ends here has completed its handshake: ``ProxySession/report`` tells about it.
    case connect
    /// Shut down the sending half behind what ``ProxySession/transmit(to:into:)`` gave.
    case closeOutput(ProxySide)
    /// Close the connection behind what ``ProxySession/transmit(to:into:)`` gave; what it sends is of no interest.
    case close(ProxySide)
    /// Reset the connection (`SO_LINGER` of 0) behind what ``ProxySession/transmit(to:into:)`` gave, so that the peer knows that
    /// something is missing. A reset throws away what the kernel hasn't delivered, so wait for that. An upstream that is
    /// still being connected is given up.
    case abort(ProxySide)
    /// Something that the engine of a side tells: sessions to keep, alerts, lines of a key log.
    case observe(ProxySide, TLSEvent)
    /// Both sides are over. The last command; ``ProxySession/report`` is final.
    case finish
}
