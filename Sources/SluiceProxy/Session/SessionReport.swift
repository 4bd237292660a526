public import Sluice

/// What is known about a session, at any time.
public struct SessionReport: Hashable, Sendable {
    /// What the client's handshake came to, where TLS of the client ends here.
    public internal(set) var client: HandshakeSummary?

    /// What the upstream's handshake came to, where TLS begins here.
    public internal(set) var upstream: HandshakeSummary?

    /// The host name that the client asked for.
    public internal(set) var serverName: String?

    /// Payload taken from the client and from the upstream, in bytes: plaintext where the side has TLS that ends here, else
    /// what came.
    public internal(set) var received = PerSide<UInt64>(client: 0, upstream: 0)

    /// From the first moment until the client's handshake had completed.
    public internal(set) var handshakeTime: Duration?

    /// From the first moment until both sides were joined.
    public internal(set) var joinTime: Duration?

    /// How it ended; nil while it goes on.
    public internal(set) var end: SessionEnd?
}

/// One thing for each side.
public struct PerSide<Value> {
    /// The client's.
    public var client: Value

    /// The upstream's.
    public var upstream: Value

    /// These two.
    public init(client: Value, upstream: Value) {
        self.client = client
        self.upstream = upstream
    }

    /// That of a side.
    public subscript(side: ProxySide) -> Value {
        get { side == .client ? client : upstream }
        _modify {
            if side == .client { yield &client } else { yield &upstream }
        }
    }
}

extension PerSide: Equatable where Value: Equatable {}
extension PerSide: Hashable where Value: Hashable {}
extension PerSide: Sendable where Value: Sendable {}
