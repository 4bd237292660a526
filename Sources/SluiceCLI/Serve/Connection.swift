import Sluice
import SluicePOSIX

/// What the connections of a server have in common.
struct ConnectionSettings {
    let context: TLSContext
    /// Where connections are recorded, if anywhere.
    let recording: Recording?
    let service: ServiceChoice
    let observer: ServerObserver
    /// For the handshake; nil for ever.
    let handshakeTime: Duration?
    /// Without a byte moved; nil for ever.
    let idleTime: Duration?
}

/// One client of a server, in a poll loop: it never waits.
///
///     shaking hands ──► serving ──► parting ──► over
///            └──────────────┴──────────┘ failure: the alert goes out in parting
final class Connection {
    private enum Phase {
        case shakingHands, serving, parting, over
    }

    private let client: Client
    private let settings: ConnectionSettings
    private let journal: RecordedJournal?
    private var stream: TLSStream<DescriptorPair>
    /// The plaintext side, from the handshake's end on.
    private var flow: PlaintextFlow?
    private var phase = Phase.shakingHands
    private var phaseDeadline: Deadline
    private var isFinishing = false
    private var isSendingEnded = false

    /// Whether it can go on without waiting: others have their turn first.
    private(set) var hasMore = false

    /// Why it ended, if not because all was said.
    private(set) var failure: (any Error)?

    /// Takes a client over.
    init(
        with client: Client,
        over transport: consuming DescriptorPair,
        number: Int,
        settings: ConnectionSettings
    ) throws {
        self.client = client
        self.settings = settings
        phaseDeadline = .after(settings.handshakeTime)
        journal = try settings.recording?.journal(peer: client.description, number: number)
        let engine = try settings.recording?.engine(settings.context, in: journal) ?? TLSEngine(settings.context)
        stream = TLSStream(engine, over: transport)
    }

    deinit {
        journal?.report(to: settings.observer.console)
    }

    /// Whether it can be let go: nothing is left of it, nor of what served it.
    var isOver: Bool { phase == .over && flow?.isGone() ?? true }

    /// Whether its service may go on because a program has ended.
    var isServing: Bool { phase == .serving }

    /// When to call ``expire()``.
    var deadline: Deadline { .earlier(phaseDeadline, flow?.deadline ?? .never) }

    /// Adds what to poll for. Returns its places.
    func addInterests(to poll: inout Poll) -> Range<Int> {
        let start = poll.count
        switch phase {
        case .shakingHands: stream.addInterests(to: &poll)
        case .serving:
            stream.addInterests(to: &poll)
            flow?.addInterests(to: &poll)
        case .parting:
            let interests: Readiness = stream.isFlushed ? .readable : stream.interests.union(.writable)
            stream.transport.addInterests(interests, to: &poll)
        case .over: break
        }
        return start..<poll.count
    }

    /// Goes on as far as the bytes allow.
    func advance() {
        do {
            switch phase {
            case .shakingHands, .serving: try converse()
            case .parting: try part()
            case .over: break
            }
        } catch {
            end(with: error)
        }
    }

    /// Says goodbye, because the server finishes.
    func close() {
        guard phase != .parting, phase != .over else { return }
        guard phase == .serving else { return end(with: nil) }
        isFinishing = true
        flow?.finish()
        phaseDeadline = .after(ServeLimits.farewellTime)
        advance()
    }

    /// Gives up what should be over, because ``deadline`` has passed.
    func expire() {
        flow?.expire()
        guard phaseDeadline.isPassed else { return }
        switch phase {
        case .shakingHands: end(with: TransportError(.deadlinePassed, "complete the handshake in time"))
        case .serving:
            if isFinishing { return end(with: TransportError(.deadlinePassed, "say everything in time")) }
            settings.observer.console.note("\(client.name): no byte moved for --idle-timeout")
            failure = TransportError(.deadlinePassed, "go on: no byte moved within --idle-timeout")
            close()
        case .parting: finishParting()
        case .over: break
        }
    }

    private func converse() throws {
        var isMoved = false
        hasMore = false
        for round in 0..<ServeLimits.roundsMax {
            let isPumped = try stream.pump()
            try settings.observer.observe(&stream.engine, of: client.name)
            if case .failed(let error) = stream.engine.state { throw error }
            if phase == .shakingHands { try beginServing() }
            let isServed = try serve()
            if phase == .parting { return try part() }
            guard isPumped || isServed else { break }
            isMoved = true
            hasMore = round + 1 == ServeLimits.roundsMax
        }
        if isMoved, phase == .serving, !isFinishing { phaseDeadline = .after(settings.idleTime) }
        if let failure = stream.sendFailure { throw failure }
    }

    private func beginServing() throws {
        guard stream.engine.isEstablished, let summary = stream.engine.summary else { return }
        let facts = ConnectionFacts(client: client, summary: summary)
        flow = PlaintextFlow(to: try settings.service.makeService(for: facts))
        phase = .serving
    }

    /// Moves plaintext. Returns whether any moved.
    private func serve() throws -> Bool {
        guard let isMoved = try flow?.move(through: &stream.engine) else { return false }
        guard flow?.isEnded == true else { return isMoved }
        try stream.engine.close()
        if let words = flow?.endWords { settings.observer.console.fail("\(client.name): \(words)") }
        settings.observer.console.note("\(client.name): closed")
        beginParting()
        return true
    }

    private func beginParting() {
        hasMore = false
        phase = .parting
        phaseDeadline = .after(ServeLimits.farewellTime)
    }

    /// Sends what is left, then waits for the peer's end: closing a socket with unread bytes would reset the connection
    /// and lose what the peer hasn't read.
    private func part() throws {
        if stream.engine.feedableByteCount > 0 { try stream.pump() }
        for _ in 0..<ServeLimits.roundsMax {
            guard !stream.isFlushed, try stream.pump() else { break }
        }
        guard stream.isFlushed else { return }
        if !isSendingEnded {
            stream.finishSendingCiphertext()
            isSendingEnded = true
        }
        if try stream.discardInput() { finishParting() }
    }

    private func finishParting() {
        phase = .over
        phaseDeadline = .never
        // A client that has closed needn't wait for what is still said to it.
        guard failure == nil, !stream.engine.isPeerClosed else { return }
        failure = stream.isFlushed ? stream.sendFailure : TransportError(.deadlinePassed, "send everything in time")
        if let failure { settings.observer.console.fail("\(client.name): \(failure)") }
    }

    /// Tells why it ended; a peer that TLS failed with gets its alert. What served it ends, too.
    private func end(with error: (any Error)?) {
        guard phase != .parting else { return finishParting() }
        try? settings.observer.observe(&stream.engine, of: client.name)
        if let error { settings.observer.console.fail("\(client.name): \(explanation(of: error))") }
        failure = failure ?? error
        flow?.abandon()
        beginParting()
        do { try part() } catch { finishParting() }
    }
}
