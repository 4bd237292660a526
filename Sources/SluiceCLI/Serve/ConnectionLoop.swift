import SluicePOSIX

/// The poll loop of `sluice serve`: connections, and the signals that end them.
struct ConnectionLoop: ~Copyable {
    private let console: Console
    private let signals: TerminationSignals
    private let exits: ChildExits
    private var connections: [Connection] = []

    /// When it ends whatever the clients do; nil until a signal came.
    private var end: Deadline?

    /// A loop without connections, which takes the process's signals over.
    init(console: Console) throws {
        let signals = try TerminationSignals()
        let exits = try ChildExits()
        self.console = console
        self.signals = signals
        self.exits = exits
    }

    /// How many connections there are.
    var count: Int { connections.count }

    /// Whether a signal came: no more connections.
    var isFinishing: Bool { end != nil }

    /// Whether all connections are gone, or have had their time behind a signal.
    var isOver: Bool { connections.isEmpty || end?.isPassed ?? false }

    /// Begins with a connection, and takes it in if that wasn't all.
    mutating func add(_ connection: Connection) {
        connection.advance()
        if !connection.isOver { connections.append(connection) }
    }

    /// Waits until something can go on, and goes on with it.
    ///
    /// - Parameter number: A descriptor to wait for as well, that it is readable.
    /// - Returns: Whether that is.
    /// - Throws: What poll(2) does.
    mutating func turn(waitingFor number: CInt? = nil) throws(TransportError) -> Bool {
        var poll = Poll()
        let signalPlace = poll.add(signals.descriptor.number, for: isFinishing ? [] : .readable)
        let exitPlace = poll.add(exits.descriptor.number, for: .readable)
        let otherPlace = poll.add(number ?? -1, for: number == nil ? [] : .readable)
        let places = connections.map { $0.addInterests(to: &poll) }
        try poll.wait(until: nextDeadline)
        let isProgramOver = poll.readiness(at: exitPlace).contains(.readable)
        if isProgramOver { exits.forget() }
        for (connection, places) in zip(connections, places) {
            let isDue = connection.hasMore || isProgramOver && connection.isServing
            if isDue || poll.isAnyReady(at: places) { connection.advance() }
        }
        for connection in connections where connection.deadline.isPassed { connection.expire() }
        connections.removeAll { $0.isOver }
        if poll.readiness(at: signalPlace).contains(.readable) { finish() }
        return poll.readiness(at: otherPlace).contains(.readable)
    }

    private var nextDeadline: Deadline {
        if connections.contains(where: \.hasMore) { return .after(.zero) }
        return connections.reduce(end ?? .never) { .earlier($0, $1.deadline) }
    }

    /// Says goodbye to everybody.
    private mutating func finish() {
        console.note("finishing, \(connections.count) connections open")
        end = .after(ServeLimits.drainTime)
        for connection in connections { connection.close() }
        connections.removeAll { $0.isOver }
    }
}
