public import Sluice
internal import SluicePreamble

/// What a connection must bring for a route to be its own. What is left empty asks for nothing.
public struct RouteMatch: Hashable, Sendable {
    /// The client asks for a host name that one of these matches (SNI, RFC 6066 §3).
    public var serverNames: [NamePattern]

    /// The client offers one of these (ALPN, RFC 7301).
    public var applicationProtocols: [ApplicationProtocol]

    /// The client's address is in one of these. A client without an address, on a Unix socket, is in none.
    public var clients: [AddressRange]

    /// Conditions that must all hold; by default there are none.
    ///
    /// - Parameters:
    ///   - serverNames: Host names, one of which the client asks for.
    ///   - applicationProtocols: Protocols, one of which the client offers.
    ///   - clients: Ranges, one of which the client's address is in.
    public init(
        serverNames: [NamePattern] = [],
        applicationProtocols: [ApplicationProtocol] = [],
        clients: [AddressRange] = []
    ) {
        self.serverNames = serverNames
        self.applicationProtocols = applicationProtocols
        self.clients = clients
    }

    /// Whether it asks for something that only a ClientHello tells.
    public var needsClientHello: Bool { !serverNames.isEmpty || !applicationProtocols.isEmpty }

    func accepts(client: InternetAddress?) -> Bool {
        guard !clients.isEmpty else { return true }
        guard let client else { return false }
        return clients.contains { $0.contains(client) }
    }

    func accepts(offered: Set<ApplicationProtocol>) -> Bool {
        applicationProtocols.isEmpty || applicationProtocols.contains { offered.contains($0) }
    }

    /// Whether it takes all that `other` would, server names aside.
    func covers(_ other: RouteMatch) -> Bool {
        coversProtocols(of: other) && coversClients(of: other)
    }

    private func coversProtocols(of other: RouteMatch) -> Bool {
        if applicationProtocols.isEmpty { return true }
        return !other.applicationProtocols.isEmpty
            && Set(applicationProtocols).isSuperset(of: other.applicationProtocols)
    }

    private func coversClients(of other: RouteMatch) -> Bool {
        if clients.isEmpty { return true }
        return !other.clients.isEmpty
            && other.clients.allSatisfy { theirs in clients.contains { $0.contains(theirs) } }
    }
}
