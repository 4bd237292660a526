import Sluice
import SluicePOSIX

/// What the connections of a server have in common.
struct ConnectionSettings {
    let context: TLSContext
    /// Where connections are recorded, if anywhere.
    let recording: Recording?
    let service: ServiceKind
    let observer: ServerObserver
    /// For the handshake; nil for ever.
    let handshakeTime: Duration?
    /// Without a byte moved; nil for ever.
    let idleTime: Duration?
}

/// One client of a server, in a poll loop: it never waits, and holds at most one answer.
///
///     shaking hands ──► serving ──► parting ──► over
///            └──────────────┴──────────┘ failure: the alert goes out in parting
final class Connection {
    private enum Phase {
        case shakingHands, serving, parting, over
    }

    /// For logs: `#3 192.0.2.1:50000`.
    let name: String
    private let settings: ConnectionSettings
    private let client: String
    private let journal: RecordedJournal?
    private var stream: TLSStream<DescriptorPair>
    private var service: any Service
    private var answer: [UInt8] = []
    private var isAnswerLast = false
    private var phase = Phase.shakingHands
    private var isSendingEnded = false

    /// Whether it can go on without waiting: others have their turn first.
    private(set) var hasMore = false

    /// When it is over at the latest if nothing moves.
    private(set) var deadline: Deadline

    init(_ peer: consuming AcceptedPeer, number: Int, settings: ConnectionSettings) throws {
        client = peer.address.description
        name = "#\(number) \(client)"
        self.settings = settings
        service = settings.service.makeService()
        deadline = .after(settings.handshakeTime)
        journal = try settings.recording?.journal(peer: client, number: number)
        let engine = try settings.recording?.engine(settings.context, in: journal) ?? TLSEngine(settings.context)
        stream = TLSStream(engine, over: DescriptorPair(peer.takeDescriptor()))
    }

    deinit {
        journal?.report(to: settings.observer.console)
    }

    /// Whether it can be let go.
    var isOver: Bool { phase == .over }

    /// Adds what to poll for. Returns its places.
    func addInterests(to poll: inout Poll) -> Range<Int> {
        let start = poll.count
        if phase == .parting {
            let interests: Readiness = stream.isFlushed ? .readable : stream.interests.union(.writable)
            stream.transport.addInterests(interests, to: &poll)
        } else {
            stream.addInterests(to: &poll)
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
        guard stream.engine.isEstablished else { return end(with: nil) }
        // What is being answered is answered in full.
        isAnswerLast = true
        deadline = .after(ServeLimits.farewellTime)
        advance()
    }

    /// Gives up, because ``deadline`` has passed.
    func expire() {
        switch phase {
        case .shakingHands: end(with: TransportError(.deadlinePassed, "complete the handshake in time"))
        case .serving:
            if isAnswerLast { return beginParting() }
            settings.observer.console.note("\(name): no byte moved for --idle-timeout")
            close()
        case .parting, .over: phase = .over
        }
    }

    private func converse() throws {
        var isMoved = false
        hasMore = false
        for round in 0..<ServeLimits.roundsMax {
            let isPumped = try stream.pump()
            try settings.observer.observe(&stream.engine, of: name)
            if case .failed(let error) = stream.engine.state { throw error }
            if phase == .shakingHands, stream.engine.isEstablished { phase = .serving }
            let isServed = phase == .serving ? try serve() : false
            if phase == .parting { return try part() }
            guard isPumped || isServed else { break }
            isMoved = true
            hasMore = round + 1 == ServeLimits.roundsMax
        }
        if isMoved, phase == .serving, !isAnswerLast { deadline = .after(settings.idleTime) }
        if let failure = stream.sendFailure { throw failure }
    }

    /// Reads, answers, writes. Returns whether a byte moved.
    private func serve() throws(TLSError) -> Bool {
        guard let summary = stream.engine.summary else { return false }
        var isMoved = false
        if answer.isEmpty, !isAnswerLast {
            let bytes = try stream.engine.read()
            if !bytes.isEmpty {
                isMoved = true
                let reply = service.respond(to: bytes, on: ConnectionFacts(client: client, summary: summary))
                answer = reply.bytes
                isAnswerLast = reply.isLast
            }
        }
        if !answer.isEmpty {
            let count = try stream.engine.write(answer)
            answer.removeFirst(count)
            isMoved = isMoved || count > 0
        }
        if answer.isEmpty, isAnswerLast || stream.engine.isPeerClosed {
            try stream.engine.close()
            settings.observer.console.note("\(name): closed")
            beginParting()
        }
        return isMoved
    }

    private func beginParting() {
        hasMore = false
        phase = .parting
        deadline = .after(ServeLimits.farewellTime)
    }

    /// Sends what is left, then waits for the peer's end: closing a socket with unread bytes would reset the connection
    /// and lose what the peer hasn't read.
    private func part() throws {
        if stream.engine.feedableByteCount > 0 { try stream.pump() }
        while !stream.isFlushed, try stream.pump() {}
        guard stream.isFlushed else { return }
        if !isSendingEnded {
            stream.finishSendingCiphertext()
            isSendingEnded = true
        }
        if try stream.discardInput() { phase = .over }
    }

    /// Tells why it ended; a peer that TLS failed with gets its alert.
    private func end(with error: (any Error)?) {
        guard phase != .parting else {
            phase = .over
            return
        }
        try? settings.observer.observe(&stream.engine, of: name)
        if let error { settings.observer.console.fail("\(name): \(explanation(of: error))") }
        beginParting()
        do { try part() } catch { phase = .over }
    }
}
