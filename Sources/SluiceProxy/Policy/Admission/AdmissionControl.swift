public import SluicePreamble

/// Counts connections and lets in as many as the limits allow.
///
/// Each connection that is let in has an ``AdmissionTicket`` to give back. What is kept is bounded by the connections that
/// are open: an address without any is forgotten.
public struct AdmissionControl: Hashable, Sendable {
    /// What is allowed. New limits hold for those who come; nobody is thrown out.
    public var limits: AdmissionLimits

    /// Open connections.
    public private(set) var connections = 0

    /// Connections that were let in since the start.
    public private(set) var admittedCount = 0

    private var refusals: [Admission.Refusal: Int] = [:]
    private var connectionsByClient: [AddressRange: Int] = [:]
    private var rate = RateLimit()

    /// Nobody is in yet.
    public init(_ limits: AdmissionLimits = AdmissionLimits()) {
        self.limits = limits
    }

    /// Decides on a new connection and counts it. Only those let in count against the rate.
    ///
    /// - Parameters:
    ///   - address: The client's; nil if it has none, or if a PROXY header will tell.
    ///   - now: The moment, since some start that is always the same.
    /// - Returns: A ticket to give back later, or the first limit that is reached.
    public mutating func admit(_ address: InternetAddress?, at now: Duration) -> Admission {
        let client = address.flatMap { self.client(at: $0) }
        if let refusal = refusal(of: client, at: now) { return refuse(refusal) }
        connections += 1
        admittedCount += 1
        return .admitted(enter(client))
    }

    /// Decides on a connection that is in already and whose client is known only now, from a PROXY header.
    ///
    /// - Parameters:
    ///   - ticket: What it was let in with. If all is well it is spent, and the new one takes its place; if not, it
    ///     still has to be given back.
    ///   - address: The client's.
    /// - Returns: The new ticket, or that the client has too many connections.
    public mutating func admit(_ ticket: AdmissionTicket, as address: InternetAddress) -> Admission {
        let client = client(at: address)
        guard client != ticket.client else { return .admitted(ticket) }
        if isCrowded(client) { return refuse(.connectionsPerAddress) }
        leave(ticket.client)
        return .admitted(enter(client))
    }

    /// Takes the ticket of a connection that is over.
    public mutating func release(_ ticket: AdmissionTicket) {
        leave(ticket.client)
        connections = max(0, connections - 1)
    }

    /// Connections that were refused for this reason since the start.
    public func refusedCount(_ refusal: Admission.Refusal) -> Int { refusals[refusal] ?? 0 }

    /// Clients with open connections: how much is kept.
    public var clientCount: Int { connectionsByClient.count }

    /// The rate comes last, so that one refused for another reason leaves it alone.
    private mutating func refusal(of client: AddressRange?, at now: Duration) -> Admission.Refusal? {
        if let most = limits.connectionsMax, connections >= most { return .connections }
        if isCrowded(client) { return .connectionsPerAddress }
        guard let perSecond = limits.handshakesPerSecondMax else { return nil }
        let isInTime = rate.take(perSecond: perSecond, burst: limits.handshakesBurstMax ?? perSecond, at: now)
        return isInTime ? nil : .handshakesPerSecond
    }

    private mutating func refuse(_ refusal: Admission.Refusal) -> Admission {
        refusals[refusal, default: 0] += 1
        return .refused(refusal)
    }

    private func isCrowded(_ client: AddressRange?) -> Bool {
        guard let client, let most = limits.connectionsPerAddressMax else { return false }
        return connectionsByClient[client, default: 0] >= most
    }

    private mutating func enter(_ client: AddressRange?) -> AdmissionTicket {
        if let client { connectionsByClient[client, default: 0] += 1 }
        return AdmissionTicket(client: client)
    }

    private mutating func leave(_ client: AddressRange?) {
        guard let client, let count = connectionsByClient[client] else { return }
        connectionsByClient[client] = count > 1 ? count - 1 : nil
    }

    /// Tickets keep the range, so that another prefix after a reload doesn't confuse the count.
    private func client(at address: InternetAddress) -> AddressRange? {
        let bare = address.unmapped
        return AddressRange(bare, prefixLength: bare.isIPv6 ? limits.ipv6PrefixLength : 32)
    }
}
