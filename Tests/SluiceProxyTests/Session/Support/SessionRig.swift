import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// A session between a client and an upstream, with a wire each way on both sides. Time is a number; nothing waits.
///
/// After each step it looks whether what must always hold does; ``complaint`` tells what didn't.
final class SessionRig {
    var session: ProxySession
    let client: RigPeer
    let upstream: RigPeer

    /// From each peer to the session, and back.
    var inbound: PerSide<Wire>
    var outbound: PerSide<Wire>

    let setup: RigSetup
    var now = Duration.zero

    /// The most that is transmitted in one call.
    var transmitBytesMax = 64 * 1024

    /// Whether the session's owner reads what a side sends.
    var isReading = PerSide(client: true, upstream: true)

    /// What the session wanted, its engines' events aside, in words.
    private(set) var commands: [String] = []

    /// What it asked to route; nil: nothing yet.
    private(set) var routed: ClientHello??

    /// What it asked to be judged.
    private(set) var judged: [ProxySide] = []

    /// What its engines told.
    private(set) var observed = PerSide<[TLSEvent]>(client: [], upstream: [])

    /// What the session's owner did with the connections.
    private(set) var isClosed = PerSide(client: false, upstream: false)
    private(set) var isReset = PerSide(client: false, upstream: false)
    private(set) var isOutputClosed = PerSide(client: false, upstream: false)

    /// Whether an upstream is connected, or would have been asked for.
    private(set) var isConnecting = false
    private(set) var isConnected = false
    private(set) var isFinished = false

    /// Alters what is transmitted, by its offset.
    typealias Sabotage = @Sendable (_ offset: Int, _ bytes: [UInt8]) -> [UInt8]
    var sabotage: Sabotage?
    private var transmittedByteCounts = PerSide(client: 0, upstream: 0)

    /// Whether the route has its answer.
    private(set) var isRouteAnswered = false

    /// What should have held and didn't.
    private(set) var complaint: String?

    /// Bytes that went each way, as they were: what the session transmitted to a side, and what its peer sent.
    private(set) var transmitted = PerSide<[UInt8]>(client: [], upstream: [])
    private(set) var received = PerSide<[UInt8]>(client: [], upstream: [])

    /// The most that the session ever kept in its queues.
    private(set) var queuedBytesMax = 0

    init(_ setup: RigSetup) throws {
        self.setup = setup
        client = RigPeer(.client, engine: try setup.clientEngine(), session: setup.number)
        upstream = RigPeer(.upstream, engine: try setup.upstreamEngine(), session: setup.number)
        session = ProxySession(setup.entrance ?? setup.mode.entrance, timeouts: setup.timeouts, at: .zero)
        inbound = setup.wires(1)
        outbound = setup.wires(3)
        for side in ProxySide.allCases {
            self[side].byteCount = setup.byteCounts[side]
            self[side].writeBytesMax = setup.writeBytesMax[side]
            self[side].closing = setup.isRaw[side] ? .never : setup.closings[side]
            self[side].isRaw = setup.isRaw[side]
        }
        obey()
    }

    subscript(side: ProxySide) -> RigPeer { side == .client ? client : upstream }

    /// The session's and peers' first complaint.
    var firstComplaint: String? { complaint ?? client.complaint ?? upstream.complaint }

    // MARK: - Steps

    /// Lets everything happen that needs no deadline to pass. Time goes on with what travels.
    func settle(stepsMax: Int = 1_000_000) {
        for _ in 0..<stepsMax {
            guard complaint == nil, arrive() else { return }
        }
        complain("\(stepsMax) steps were taken: \(commands)")
    }

    /// Lets the next thing arrive. Returns false where nothing is on its way.
    func arrive() -> Bool {
        pump()
        guard let arrival = nextArrival() else { return false }
        advance(to: arrival.time)
        deliver(to: arrival)
        pump()
        return true
    }

    /// Settles, then lets time pass, deadline after deadline.
    func pass(_ duration: Duration) {
        settle()
        let end = now + duration
        for _ in 0..<1000 {
            guard complaint == nil, let deadline = session.deadline, deadline <= end else { break }
            advance(to: deadline)
            settle()
        }
        advance(to: max(now, end))
        settle()
    }

    /// One thing that arrives or falls due, before some time. Returns false where nothing does.
    func step(before end: Duration?) -> Bool {
        pump()
        let arrival = nextArrival()
        let deadline = session.deadline
        guard let time = [arrival?.time, deadline].compactMap(\.self).min(), time < end ?? .seconds(1 << 40) else {
            return false
        }
        advance(to: time)
        if let arrival, arrival.time <= time { deliver(to: arrival) }
        pump()
        return true
    }

    /// Says what time it is.
    func advance(to time: Duration) {
        now = max(now, time)
        session.advance(to: now)
        obey()
        // A deadline that stays would be waited for again and again.
        if let next = session.deadline, next <= now { complain("the deadline \(next) stays at \(now)") }
    }

    /// Moves what can be moved without anything arriving.
    func pump() {
        for _ in 0..<1_000_000 {
            var isMoved = false
            for side in ProxySide.allCases {
                if side == .client || isConnected, self[side].send(into: &inbound[side], at: now) { isMoved = true }
                if transmit(to: side) { isMoved = true }
            }
            obey()
            check()
            if !isMoved || complaint != nil { return }
        }
        complain("bytes move for ever")
    }

    private func transmit(to side: ProxySide) -> Bool {
        guard !isReset[side], !isClosed[side], side == .client || isConnected else { return false }
        let room = min(outbound[side].roomByteCount, transmitBytesMax)
        guard room > 0 else { return false }
        let promised = session.transmittableByteCount(to: side)
        let bytes = promised > 0 ? session.transmit(to: side, atMost: room) : []
        if promised > 0, bytes.isEmpty { complain("\(promised) bytes to transmit to the \(side) and there are none") }
        guard !bytes.isEmpty else { return false }
        if isOutputClosed[side] { complain("\(bytes.count) bytes for the \(side) after its output was closed") }
        if setup.isKept { transmitted[side] += bytes }
        outbound[side].send(sabotage?(transmittedByteCounts[side], bytes) ?? bytes, at: now)
        transmittedByteCounts[side] += bytes.count
        return true
    }

    // MARK: - Arrivals

    struct Arrival {
        let side: ProxySide
        let isInbound: Bool
        let time: Duration
    }

    private func nextArrival() -> Arrival? {
        var next: Arrival?
        for side in ProxySide.allCases {
            if canReceive(from: side), let time = inbound[side].nextArrival(), time < next?.time ?? .seconds(1 << 40) {
                next = Arrival(side: side, isInbound: true, time: max(time, now))
            }
            if canPeerReceive(side), let time = outbound[side].nextArrival(), time < next?.time ?? .seconds(1 << 40) {
                next = Arrival(side: side, isInbound: false, time: max(time, now))
            }
        }
        return next
    }

    private func canReceive(from side: ProxySide) -> Bool {
        guard !isClosed[side], !isReset[side], isReading[side], side == .client || isConnected else { return false }
        return session.wantsBytes(from: side) || inbound[side].next() == .end
    }

    private func canPeerReceive(_ side: ProxySide) -> Bool {
        self[side].isReading || outbound[side].next() == .end && !self[side].hasEngine
    }

    /// Whether it sees, before each arrival, that a side whose bytes aren't wanted takes none.
    var probesAppetite = false

    private func probe(_ side: ProxySide) {
        guard !session.wantsBytes(from: side), !isClosed[side], !isReset[side], !isFinished else { return }
        if session.receive([7], from: side) != 0 { complain("the session takes bytes of the \(side) and wants none") }
    }

    private func deliver(to arrival: Arrival) {
        if probesAppetite { ProxySide.allCases.forEach(probe) }
        if arrival.isInbound { deliver(from: arrival.side) } else { deliverToPeer(arrival.side) }
    }

    private func deliver(from side: ProxySide) {
        switch inbound[side].next() {
        case .bytes(let piece):
            let taken = session.receive(piece, from: side)
            if taken == 0 { complain("the session wants bytes of the \(side) and takes none") }
            if setup.isKept { received[side] += piece.prefix(taken) }
            inbound[side].take(taken)
        case .end:
            inbound[side].discard()
            session.receiveEOF(from: side)
        case nil: break
        }
        obey()
    }

    private func deliverToPeer(_ side: ProxySide) {
        switch outbound[side].next() {
        case .bytes(let piece): outbound[side].take(self[side].receive(piece))
        case .end:
            outbound[side].discard()
            self[side].receiveEnd()
        case nil: break
        }
    }

    // MARK: - Commands

    /// Does what the session wants.
    func obey() {
        for _ in 0..<10_000 {
            guard let command = session.nextCommand() else { return }
            obey(command)
        }
        complain("commands without end")
    }

    private func obey(_ command: ProxyCommand) {
        if isFinished { complain("\(command) after finish") }
        switch command {
        case .observe(let side, let event): return observed[side].append(event)
        case .route(let hello):
            routed = .some(hello)
            note("route")
            resolve(setup.route(hello))
        case .judge(let side, _):
            judged.append(side)
            note("judge \(side)")
            if let verdict = setup.verdicts[side] { session.resolve(verdict, of: side) }
        case .connect:
            note("connect")
            isConnecting = true
            connect()
        case .closeOutput(let side):
            note("closeOutput \(side)")
            if isOutputClosed[side] { complain("the output to the \(side) is closed twice") }
            isOutputClosed[side] = true
            outbound[side].end(at: now)
        case .close(let side): close(side)
        case .abort(let side): abort(side)
        case .finish:
            note("finish")
            isFinished = true
        }
    }

    private func note(_ words: String) {
        commands.append(words)
    }

    private func connect() {
        switch setup.upstreamAnswer {
        case .connects:
            isConnected = true
            session.upstreamConnected(setup.upstreamPlan)
        case .fails: session.end(SessionEnd(.connectFailed, side: .upstream, words: "refused"))
        case .hangs: break
        }
    }

    /// Answers the route that had no answer.
    func resolve(_ plan: SluiceProxy.ClientPlan?) {
        guard let plan else { return }
        isRouteAnswered = true
        session.resolve(plan)
        obey()
    }

    /// The upstream that hung is connected now.
    func connectLate() {
        isConnected = true
        session.upstreamConnected(setup.upstreamPlan)
        obey()
    }

    private func close(_ side: ProxySide) {
        note("close \(side)")
        if isClosed[side] || isReset[side] { complain("the \(side) is closed twice") }
        isClosed[side] = true
        outbound[side].end(at: now)
        inbound[side].discard()
    }

    private func abort(_ side: ProxySide) {
        note("abort \(side)")
        if isClosed[side] || isReset[side] { complain("the \(side) is closed twice") }
        isReset[side] = true
        resetConnection(side)
    }

    private func resetConnection(_ side: ProxySide) {
        inbound[side].discard()
        outbound[side].discard()
        self[side].receiveReset()
    }

    /// A side's connection breaks, both ways.
    func lose(_ side: ProxySide) {
        guard !isClosed[side], !isReset[side] else { return }
        isReset[side] = true
        resetConnection(side)
        session.connectionLost(side, words: "reset")
        obey()
    }

    /// Ends the session as its owner would.
    func end(_ end: SessionEnd) {
        session.end(end)
        obey()
    }

    /// A side's peer ends its stream without a word of TLS.
    func cutOff(_ side: ProxySide) {
        pump()
        inbound[side].end(at: now)
    }

    /// Sends bytes as they are, in the place of a side's peer.
    func send(_ bytes: [UInt8], from side: ProxySide) {
        inbound[side].send(bytes, at: now)
    }

    // MARK: - What must hold

    func complain(_ words: String) {
        complaint = complaint ?? words
    }

    /// What must hold at any time.
    private func check() {
        for side in ProxySide.allCases {
            let queued = session[side].queue.count
            queuedBytesMax = max(queuedBytesMax, queued)
            if queued > setup.queueBytesMax { complain("\(queued) bytes wait for the \(side)") }
            let ringBytes = max(session[side].drainableByteCount, session[side].feedableByteCount)
            if ringBytes > setup.contexts.ringCapacity { complain("\(ringBytes) bytes in a ring of the \(side)") }
            if session.commands.count > 8 { complain("\(session.commands.count) commands wait") }
            checkEnd(side)
        }
    }

    /// An end in order is told only where everything has arrived.
    private func checkEnd(_ side: ProxySide) {
        guard self[side].seenEnd == .inOrder else { return }
        if !self[side.other].hasEnded { return complain("the \(side) was told an end that the other never said") }
        let (received, sent) = (self[side].receivedByteCount, self[side.other].sentByteCount)
        if received != sent { complain("the \(side) was told the end after \(received) of \(sent) bytes") }
    }
}

extension SessionRig {
    /// What the session says of a side. (`#expect` takes no calls on what can't be copied.)
    func wantsBytes(from side: ProxySide) -> Bool { session.wantsBytes(from: side) }
    func transmittableByteCount(to side: ProxySide) -> Int { session.transmittableByteCount(to: side) }

    /// Whether the session has gone to rest.
    var isResting: Bool { session.isHibernating }

    /// The first flight of a client of `simulation.test`: one record.
    static func hello() throws -> [UInt8] {
        let setup = RigSetup(.terminate)
        guard var engine = try setup.clientEngine() else { return [] }
        return engine.drain()
    }

    /// A few bytes that mean nothing.
    func noise(_ seed: UInt64) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        return generator.bytes(generator.number(in: 1...2000))
    }
}
