internal import Sluice

/// The one server of a run: what its context is made from.
public struct ServerPlan: Hashable, Sendable {
    /// Who it is.
    public var identity = SimulatedIdentity.p256

    /// Bytes in each ring, 1024 at least.
    public var ringCapacity = 17 * 1024

    /// Tickets after a full TLS 1.3 handshake, `0...16`.
    public var ticketCount = 2

    /// Whether tickets wait for the first write.
    public var holdsTickets = false

    /// Whether it asks clients for certificates; it takes those that have none too.
    public var asksForIdentity = false

    /// Whether it is asked about each ClientHello, and about clients' certificates if it asks for them.
    public var hasDecisions = false

    /// The plainest server.
    public init() {}

    func configuration() throws(TLSError) -> TLSServerConfiguration {
        var configuration = TLSServerConfiguration.server(try identity.identity())
        configuration.sessions.ticketCount = ticketCount
        configuration.sessions.holdsTicketsUntilFirstWrite = holdsTickets
        configuration.parameters.ringCapacity = ringCapacity
        configuration.parameters.applicationProtocols = ["h2", "http/1.1"]
        if asksForIdentity {
            configuration.clientAuthentication = .optional(.roots(try SimulatedIdentity.client.roots()))
        }
        if hasDecisions {
            configuration.parameters.decisions = asksForIdentity ? [.clientHello, .peerCertificate] : .clientHello
        }
        return configuration
    }
}

/// One kind of client in a run: what a context is made from that many connections share.
public struct ClientPlan: Hashable, Sendable {
    /// Whether it speaks TLS 1.2 alone; else TLS 1.3, with 1.2 offered.
    public var isTLS12 = false

    /// Bytes in each ring, 1024 at least.
    public var ringCapacity = 17 * 1024

    /// Whether it presents a certificate where it is asked for one.
    public var hasIdentity = false

    /// Whether it offers application protocols.
    public var offersProtocols = false

    /// Whether it is asked about the server's certificate, and which identity to present.
    public var hasDecisions = false

    /// The plainest client.
    public init() {}

    func configuration(for server: ServerPlan) throws(TLSError) -> TLSClientConfiguration {
        var configuration = TLSClientConfiguration.client(to: "simulation.test")
        configuration.verification = .roots(try server.identity.roots())
        if isTLS12 { configuration.parameters.versions = .tls12 ... .tls12 }
        if hasIdentity { configuration.identity = try SimulatedIdentity.client.identity() }
        if offersProtocols { configuration.parameters.applicationProtocols = ["http/1.1"] }
        if hasDecisions { configuration.parameters.decisions = [.peerCertificate, .clientIdentity] }
        configuration.parameters.ringCapacity = ringCapacity
        return configuration
    }
}
