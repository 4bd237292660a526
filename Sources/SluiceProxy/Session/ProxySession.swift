internal import Sluice

/// One proxied connection: a client's side and an upstream's, each with TLS or without, and the way between them.
///
/// ```
///            receive(from: .client) ─────►┌──────────────┐─────► transmit(to: .upstream)
///   client                                │ ProxySession │                              upstream
///            transmit(to: .client) ◄──────└──────────────┘◄───── receive(from: .upstream)
///                 nextCommand() · resolve(_:) · upstreamConnected(_:) · advance(to:)
/// ```
///
/// It owns no transport and never waits. Its owner carries bytes, does what ``nextCommand()`` asks for, and calls
/// ``advance(to:)`` when ``deadline`` has come. After any call there may be commands, and bytes to transmit on both sides.
///
/// Bytes are taken as far as they can be kept: that is back-pressure, and the bound of its memory. A side that ends in order
/// (close_notify, or the end of a file without TLS) ends the other in order, once all bytes have passed. Everything else is
/// passed on as what it is: the other side isn't told that it has everything, but reset, or closed without close_notify.
public struct ProxySession: ~Copyable, Sendable {
    var client = Leg()
    var upstream = Leg()

    var stage: Stage

    /// Commands that wait, the engines' events aside.
    var commands: [ProxyCommand] = []

    /// Which questions of the engines were passed on and have no answer yet.
    var isJudging = PerSide(client: false, upstream: false)

    let timeouts: SessionTimeouts

    /// Since the session's owner began to count.
    var now: Duration

    /// When the session was made.
    let start: Duration

    /// When a byte last moved.
    var lastActivity: Duration

    /// When the stage at hand is over at the latest, where it has an end of its own.
    var stageDeadline: Duration?

    var isHibernating = false

    /// When the session ended, but for what was left to be sent.
    var endTime: Duration?

    private var facts = SessionReport()

    enum Stage: Sendable {
        /// A ClientHello comes in.
        case peeking(ClientHelloPeek)
        /// The owner is to say what becomes of the client, whose first bytes are these.
        case routing([UInt8])
        /// TLS of the client's.
        case greeting
        /// The owner connects an upstream.
        case connecting
        /// TLS with the upstream.
        case reaching
        /// Both sides are joined.
        case relaying
        /// It is over but for what is left to be sent.
        case ending(SessionEnd)
        /// It is over.
        case over
    }

    /// What a client brings.
    public enum Entrance: Hashable, Sendable {
        /// A ClientHello, of at most so many bytes.
        case tls(clientHelloBytesMax: Int = SessionLimits.clientHelloBytesDefault)
        /// Anything.
        case plaintext
    }

    /// A session of a client that has just connected.
    ///
    /// - Parameters:
    ///   - entrance: What the client is to begin with.
    ///   - timeouts: How long to wait for what.
    ///   - now: The time, since whenever its owner began to count.
    public init(_ entrance: Entrance, timeouts: SessionTimeouts = SessionTimeouts(), at now: Duration) {
        self.timeouts = timeouts
        self.now = now
        start = now
        lastActivity = now
        client.isPresent = true
        stageDeadline = now + timeouts.handshake
        switch entrance {
        case .tls(let bytesMax):
            stage = .peeking(ClientHelloPeek(bytesMax: min(bytesMax, SessionLimits.clientHelloBytesMax)))
        case .plaintext:
            stage = .routing([])
            commands.append(.route(nil))
        }
    }

    subscript(side: ProxySide) -> Leg {
        _read {
            if side == .client { yield client } else { yield upstream }
        }
        _modify {
            if side == .client { yield &client } else { yield &upstream }
        }
    }

    // MARK: - What there is to know

    /// What is known about it now.
    public var report: SessionReport {
        var report = facts
        for side in ProxySide.allCases {
            guard let counters = self[side].counters else { continue }
            report.received[side] = counters.plaintextBytesReceived
        }
        return report
    }

    /// Whether it has ended, but for what is left to be sent.
    public var isOver: Bool {
        switch stage {
        case .ending, .over: true
        default: false
        }
    }

    /// Whether more bytes of a side would be taken now: at least one, if so. After the end of a side's bytes, or of the
    /// side, none are wanted.
    public func wantsBytes(from side: ProxySide) -> Bool {
        guard !self[side].isInputEnded else { return false }
        switch (self[side].closing, stage) {
        case (.lingering, _): return true
        case (.closed, _), (_, .over), (_, .ending), (_, .routing): return false
        case (_, .peeking): return side == .client
        default: break
        }
        guard !self[side].hasEngine else { return self[side].feedableByteCount > 0 || self[side].isPeerClosed }
        guard case .relaying = stage else { return false }
        if !self[side.other].hasEngine { return self[side.other].queue.count < SessionLimits.plaintextQueueBytes }
        return self[side.other].plaintextRoom > 0
    }

    /// The next thing to do, or nil.
    public mutating func nextCommand() -> ProxyCommand? {
        // Events come first: a session's last words belong before its end.
        for side in ProxySide.allCases {
            if let event = self[side].engine?.nextEvent() { return .observe(side, event) }
        }
        return commands.isEmpty ? nil : commands.removeFirst()
    }

    // MARK: - Facts, for the files beside this one

    var changingFacts: SessionReport {
        _read { yield facts }
        _modify { yield &facts }
    }

    func isRelaying() -> Bool {
        if case .relaying = stage { true } else { false }
    }
}
