internal import Logging
internal import NIOCore
internal import Sluice
internal import SluicePreamble
internal import SluiceProxy

/// A client's channel, an upstream's, and the session between them.
///
/// It moves bytes and does what the session says; what a connection is to do is decided there, and where it goes by the
/// generation. Everything of it happens on the client channel's event loop.
final class ProxyConnection {
    /// What it is part of.
    let service: ServiceState

    /// The routes and settings when it came.
    let generation: ProxyGeneration

    /// Where it came in.
    let entrance: ProxyEntrance

    let loop: any EventLoop

    /// Who connected, and who that is according to a PROXY header.
    var endpoints: ConnectionEndpoints

    var session: ProxySession

    var client = ConnectionSide()
    var upstream = ConnectionSide()

    /// Where it goes, once that is decided.
    var route: RouteState?

    /// The attempts to connect a server.
    var attempts = ConnectAttempts()

    /// What is to be given back.
    var ticket: AdmissionTicket?

    /// What a failed connection leaves, if that is wanted.
    var recordings: ConnectionRecordings?

    /// Whether it was over a limit.
    var isRefused = false

    /// What has been counted already.
    var counted = PerSide<UInt64>(client: 0, upstream: 0)

    /// When it came.
    let start = ServiceClock.now

    /// What the client offered.
    var hello: ClientHello?

    private var timer: Scheduled<Void>?
    private var timerTime: Duration?
    private var isPumping = false
    private var isPumpDue = false
    private var isPumpScheduled = false

    /// Whether the last command has come.
    var isFinished = false

    /// Whether both channels are closed after that.
    var isGone = false

    init(_ channel: any Channel, entrance: ProxyEntrance, generation: ProxyGeneration, service: ServiceState) {
        self.service = service
        self.entrance = entrance
        self.generation = generation
        loop = channel.eventLoop
        endpoints = ConnectionEndpoints(of: channel)
        session = ProxySession(
            entrance.configuration.entrance(generation.limits),
            timeouts: generation.sessionTimeouts,
            at: ServiceClock.now
        )
        client.channel = channel
    }

    subscript(side: ProxySide) -> ConnectionSide {
        _read {
            if side == .client { yield client } else { yield upstream }
        }
        _modify {
            if side == .client { yield &client } else { yield &upstream }
        }
    }

    /// Begins.
    func begin() {
        service.opened(self)
        admit()
        pump()
    }

    // MARK: - Turns

    /// Takes everything as far as it goes; a bounded number of turns, so that the loop's other connections have theirs.
    func pump() {
        isPumpDue = true
        guard !isPumping else { return }
        isPumping = true
        session.advance(to: ServiceClock.now)
        for _ in 0..<RuntimeLimits.turnsMax {
            guard isPumpDue else { break }
            isPumpDue = turn()
        }
        isPumping = false
        if isPumpDue { pumpLater() }
        setTimer()
    }

    private func pumpLater() {
        guard !isPumpScheduled, !isFinished else { return }
        isPumpScheduled = true
        loop.assumeIsolated().execute {
            self.isPumpScheduled = false
            self.pump()
        }
    }

    /// One turn. Returns whether something moved, so that another may get further.
    private func turn() -> Bool {
        isPumpDue = false
        var isMoved = false
        for side in ProxySide.allCases {
            if offerHeld(side) { isMoved = true }
        }
        for side in ProxySide.allCases {
            if transmit(side) { isMoved = true }
        }
        if obey() { isMoved = true }
        for side in ProxySide.allCases { requestRead(side) }
        return isMoved || isPumpDue
    }

    /// One timer for all that the session waits for. It is left where it is when the deadline moves on, and set again when
    /// it goes off.
    private func setTimer() {
        guard !isFinished, let deadline = session.deadline else {
            timer?.cancel()
            timer = nil
            return
        }
        if timer != nil, let timerTime, timerTime <= deadline { return }
        timer?.cancel()
        timerTime = deadline
        timer = loop.assumeIsolated().scheduleTask(deadline: NIODeadline(deadline)) {
            self.timer = nil
            self.countBytes()
            self.pump()
        }
    }
}

@available(*, unavailable)
extension ProxyConnection: Sendable {}
