/// One connection of a run, to the last number: together with the run's seed it decides every byte.
public struct ConnectionPlan: Hashable, Sendable {
    /// Its number in the run, which its engines' seeds come from. Other connections have other numbers.
    public let number: Int

    /// When it begins, counted from the run's start. One that resumes begins no earlier than the other has ended.
    public var start = Duration.zero

    /// What the client's context is made from.
    public var clientContext = ClientPlan()

    /// The connection whose session the client offers, if that one is in the run and gave any.
    public var resumedConnection: Int?

    /// What the bytes of each end meet on their way.
    public var conditions = PerEnd(client: LinkConditions.perfect, server: .perfect)

    /// What each owner does.
    public var ends = PerEnd(client: EndPlan(), server: EndPlan())

    /// Who closes without waiting for the other's close_notify; nil: both.
    public var firstToClose: End?

    /// A connection over a perfect link on which nothing is said.
    public init(number: Int) {
        self.number = number
    }

    /// The most steps that it may take: each byte may come alone, be read alone, and cause some more.
    var stepsMax: Int {
        20_000 + 20 * (ends.client.byteCount + ends.server.byteCount)
    }
}

/// A whole run, as plain values: one server, the connections to it, and the seed of everything.
public struct SimulationScript: Hashable, Sendable {
    /// Where engines' seeds, payloads, pieces and faults come from.
    public let seed: UInt64

    /// The server.
    public var server = ServerPlan()

    /// The connections, by number.
    public var connections: [ConnectionPlan]

    /// A script of these connections.
    public init(seed: UInt64, connections: [ConnectionPlan]) {
        self.seed = seed
        self.connections = connections
    }
}
