import Sluice
import SluicePOSIX

/// The poll loop of `sluice serve`: a listener, its connections and the signals that end it.
struct Server: ~Copyable {
    private let settings: ConnectionSettings
    private let connectionsMax: Int
    private let signals: TerminationSignals
    private let listener: SocketListener
    private var connections: [Connection] = []
    private var acceptedCount = 0

    /// Whether the process is out of descriptors: no more clients until one goes.
    private var isExhausted = false

    /// When the server ends whatever its clients do; nil while it serves.
    private var end: Deadline?

    init(
        _ listener: consuming SocketListener,
        until signals: consuming TerminationSignals,
        settings: ConnectionSettings,
        connectionsMax: Int
    ) {
        self.listener = listener
        self.signals = signals
        self.settings = settings
        self.connectionsMax = connectionsMax
    }

    /// Serves until a signal comes and the clients are gone.
    mutating func run() throws {
        try StandardStreams.print("listening on \(listener.address)\n")
        while end == nil || !connections.isEmpty {
            try turn()
            if let end, end.isPassed { break }
        }
    }

    private mutating func turn() throws {
        var poll = Poll()
        let signalPlace = poll.add(signals.descriptor.number, for: end == nil ? .readable : [])
        let isAccepting = end == nil && connections.count < connectionsMax && !isExhausted
        let listenerPlace = poll.add(listener.descriptor.number, for: isAccepting ? .readable : [])
        let places = connections.map { $0.addInterests(to: &poll) }
        try poll.wait(until: nextDeadline)
        for (connection, places) in zip(connections, places) {
            if connection.hasMore || poll.isAnyReady(at: places) { connection.advance() }
        }
        for connection in connections where connection.deadline.isPassed { connection.expire() }
        forgetTheGone()
        if poll.readiness(at: listenerPlace).contains(.readable) { try accept() }
        if poll.readiness(at: signalPlace).contains(.readable) { finish() }
    }

    private var nextDeadline: Deadline {
        if connections.contains(where: \.hasMore) { return .after(.zero) }
        return connections.reduce(end ?? .never) { .earlier($0, $1.deadline) }
    }

    private mutating func forgetTheGone() {
        let count = connections.count
        connections.removeAll { $0.isOver }
        if connections.count < count { isExhausted = false }
    }

    /// Takes the clients that wait, as many as there is room for.
    private mutating func accept() throws {
        while connections.count < connectionsMax {
            do throws(TransportError) {
                guard let peer = try listener.accept() else { return }
                acceptedCount += 1
                add(peer)
            } catch {
                // Without a client whose end would free a descriptor, waiting would be for ever.
                guard error.code == .descriptorsExhausted, !connections.isEmpty else { throw error }
                settings.observer.console.fail("no more connections for now: \(error)")
                isExhausted = true
                return
            }
        }
    }

    private mutating func add(_ peer: consuming AcceptedPeer) {
        do {
            let connection = try Connection(peer, number: acceptedCount, settings: settings)
            connections.append(connection)
            connection.advance()
        } catch {
            settings.observer.console.fail("#\(acceptedCount): \(explanation(of: error))")
        }
    }

    /// Says goodbye to everybody.
    private mutating func finish() {
        settings.observer.console.note("finishing, \(connections.count) connections open")
        end = .after(ServeLimits.drainTime)
        for connection in connections { connection.close() }
        forgetTheGone()
    }
}
