/// How many connections are let in. What is nil has no limit.
public struct AdmissionLimits: Hashable, Sendable {
    /// Connections in all.
    public var connectionsMax: Int?

    /// Connections per client address, those of an IPv6 network together.
    public var connectionsPerAddressMax: Int?

    /// New connections, and thus handshakes, per second in the long run, at least 1.
    public var handshakesPerSecondMax: Int?

    /// New connections that may come at once after a calm; nil for as many as a second brings. At least 1.
    public var handshakesBurstMax: Int?

    /// Leading bits of an IPv6 address that belong to one client. Networks get 64 bits to hand out (RFC 6177, RFC 7421), so
    /// that a client has 2⁶⁴ addresses to come from.
    public var ipv6PrefixLength: Int

    /// Limits; by default there are none.
    ///
    /// - Parameters:
    ///   - connectionsMax: Connections in all.
    ///   - connectionsPerAddressMax: Connections per client address.
    ///   - handshakesPerSecondMax: New connections per second in the long run.
    ///   - handshakesBurstMax: New connections at once after a calm.
    ///   - ipv6PrefixLength: Leading bits of an IPv6 address that belong to one client, brought to 0...128.
    public init(
        connectionsMax: Int? = nil,
        connectionsPerAddressMax: Int? = nil,
        handshakesPerSecondMax: Int? = nil,
        handshakesBurstMax: Int? = nil,
        ipv6PrefixLength: Int = 64
    ) {
        self.connectionsMax = connectionsMax
        self.connectionsPerAddressMax = connectionsPerAddressMax
        self.handshakesPerSecondMax = handshakesPerSecondMax
        self.handshakesBurstMax = handshakesBurstMax
        self.ipv6PrefixLength = min(max(0, ipv6PrefixLength), 128)
    }
}
