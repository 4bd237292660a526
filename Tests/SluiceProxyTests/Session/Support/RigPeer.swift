import Sluice

@testable import SluiceProxy
@testable import SluiceSimulation

/// A client or an upstream of a session under test, with TLS or without: it sends so many bytes, checks each that
/// arrives, and ends as it is told to.
final class RigPeer {
    let side: ProxySide

    /// Its TLS; nil for a peer without.
    var engine: TLSEngine?

    /// Bytes that it sends in all.
    var byteCount = 0

    /// The most that it sends at once.
    var writeBytesMax = 16 * 1024

    /// When it says that nothing follows.
    var closing = Closing.whenSent

    /// Whether it takes what arrives.
    var isReading = true

    private(set) var sentByteCount = 0
    private(set) var receivedByteCount = 0

    /// Whether it has said in order that nothing follows.
    private(set) var hasEnded = false

    /// How the other's bytes ended, as far as it can tell.
    private(set) var seenEnd: SeenEnd?

    /// Whether it is a stand-in: what arrives is kept, not checked, and nothing is sent but by the test.
    var isRaw = false

    /// What arrived at a stand-in.
    private(set) var rawBytes: [UInt8] = []

    /// What its engine told.
    private(set) var events: [TLSEvent] = []

    /// What it was to receive and didn't, in words.
    private(set) var complaint: String?

    private let outgoing: RigPayload
    private let incoming: RigPayload

    enum Closing: Hashable {
        /// After its last byte.
        case whenSent
        /// After its last byte and the other's end.
        case afterOther
        /// Not by itself.
        case never
    }

    enum SeenEnd: Hashable {
        /// All in order: nothing is missing.
        case inOrder
        /// TLS failed.
        case failed(TLSError.Code)
        /// The connection was reset.
        case reset
    }

    init(_ side: ProxySide, engine: consuming TLSEngine?, session: Int) {
        self.side = side
        self.engine = engine
        outgoing = RigPayload(session: session, sender: side)
        incoming = RigPayload(session: session, sender: side.other)
    }

    var hasEngine: Bool { ask { _ in true } ?? false }
    var summary: HandshakeSummary? { ask { $0.summary } ?? nil }
    var failure: TLSError? { ask { $0.failure } ?? nil }

    private func ask<Answer>(_ question: (borrowing TLSEngine) -> Answer) -> Answer? {
        switch engine {
        case .some(let engine): question(engine)
        case .none: nil
        }
    }

    /// The first session that a server gave it.
    var session: TLSSession? {
        for case .sessionReceived(let session) in events { return session }
        return nil
    }

    /// The alert that it was sent.
    var receivedAlert: TLSAlert? {
        for case .alertReceived(let alert) in events { return alert }
        return nil
    }

    /// Whether everything that it has to send is sent, its end included.
    private var wantsToEnd: Bool {
        guard !hasEnded, sentByteCount == byteCount else { return false }
        switch closing {
        case .whenSent: return true
        case .afterOther: return seenEnd == .inOrder
        case .never: return false
        }
    }

    // MARK: - Turns

    /// Sends as far as the wire has room. Returns whether anything moved.
    func send(into wire: inout Wire, at now: Duration) -> Bool {
        guard seenEnd != .reset, !isOutputOver else { return false }
        let isMoved = hasEngine ? sendTLS(into: &wire, at: now) : sendPlaintext(into: &wire, at: now)
        if !isOutputOver, wire.takeEarlyClose() {
            leave(&wire, at: now)
            return true
        }
        return isMoved
    }

    private(set) var isOutputOver = false

    private func sendPlaintext(into wire: inout Wire, at now: Duration) -> Bool {
        guard !isOutputOver else { return false }
        let count = min(byteCount - sentByteCount, wire.roomByteCount, writeBytesMax)
        if count > 0 {
            wire.send(outgoing.bytes(from: sentByteCount, count: count), at: now)
            sentByteCount += count
        }
        guard wantsToEnd else { return count > 0 }
        hasEnded = true
        isOutputOver = true
        wire.end(at: now)
        return true
    }

    private func sendTLS(into wire: inout Wire, at now: Duration) -> Bool {
        var isMoved = pump()
        while case let room = min(wire.roomByteCount, writeBytesMax), room > 0 {
            let bytes = engine?.drain(atMost: room) ?? []
            guard !bytes.isEmpty else { break }
            wire.send(bytes, at: now)
            isMoved = true
            _ = pump()
        }
        if !isOutputOver, isEngineOver {
            isOutputOver = true
            wire.end(at: now)
            isMoved = true
        }
        return isMoved
    }

    private var isEngineOver: Bool {
        ask { $0.isOver && $0.drainableByteCount == 0 } ?? true
    }

    private var isEngineWriting: Bool {
        ask { $0.state == .open || $0.state == .closedByPeer } ?? false
    }

    /// Takes the engine as far as its owner can.
    private func pump() -> Bool {
        while let event = engine?.nextEvent() { events.append(event) }
        answer()
        var isMoved = readAll()
        guard isEngineWriting else { return isMoved }
        let count = min(byteCount - sentByteCount, writeBytesMax)
        if count > 0, let taken = try? engine?.write(outgoing.bytes(from: sentByteCount, count: count)), taken > 0 {
            sentByteCount += taken
            isMoved = true
        }
        if wantsToEnd {
            hasEnded = (try? engine?.close()) != nil
            isMoved = true
        }
        return isMoved
    }

    private func answer() {
        // An upstream that is reached untouched has the context of the session's own server.
        guard case .peerCertificate? = engine?.pendingDecision else { return }
        try? engine?.resolve(PeerCertificateAnswer.accept)
    }

    /// Gives its connection up, whatever it still has to say: the stream ends in the middle.
    func leave(_ wire: inout Wire, at now: Duration) {
        isOutputOver = true
        byteCount = sentByteCount
        if !hasEngine { hasEnded = true }
        wire.end(at: now)
    }

    /// Says now that nothing follows what was sent.
    func end() {
        byteCount = sentByteCount
        closing = .whenSent
    }

    /// Says that nothing follows once so many bytes are sent.
    func end(after count: Int) {
        byteCount = count
        closing = .whenSent
    }

    // MARK: - What arrives

    /// Takes what arrives. Returns how many bytes.
    func receive(_ bytes: [UInt8]) -> Int {
        guard isReading else { return 0 }
        guard !isRaw else {
            rawBytes += bytes
            return bytes.count
        }
        guard hasEngine else {
            check(bytes)
            return bytes.count
        }
        guard let taken = try? engine?.feed(bytes) else {
            noteEnd()
            return bytes.count
        }
        _ = readAll()
        // One that has left sends no more, and its engine may wait for room to answer.
        return isEngineReceiving && !(isOutputOver && taken == 0) ? taken : bytes.count
    }

    private var isEngineReceiving: Bool {
        ask { $0.isReceiving } ?? false
    }

    private func readAll() -> Bool {
        guard isReading else { return false }
        var isMoved = false
        while let bytes = try? engine?.read(atMost: 64 * 1024), !bytes.isEmpty {
            check(bytes)
            isMoved = true
        }
        while let event = engine?.nextEvent() { events.append(event) }
        noteEnd()
        return isMoved
    }

    private func check(_ bytes: [UInt8]) {
        if seenEnd == .inOrder { complaint = complaint ?? "\(bytes.count) bytes came to the \(side) after the end" }
        if let difference = incoming.difference(of: bytes, at: receivedByteCount) {
            complaint = complaint ?? "what the \(side) received is wrong at byte \(difference)"
        }
        receivedByteCount += bytes.count
    }

    private func noteEnd() {
        guard seenEnd == nil else { return }
        if ask({ $0.isPeerClosed }) == true { seenEnd = .inOrder }
        if let failure { seenEnd = .failed(failure.code) }
    }

    /// The connection's other half has ended.
    func receiveEnd() {
        guard !isRaw else { return }
        guard hasEngine else {
            seenEnd = seenEnd ?? .inOrder
            return
        }
        try? engine?.feedEOF()
        _ = readAll()
    }

    /// The connection was reset.
    func receiveReset() {
        seenEnd = seenEnd ?? .reset
        isOutputOver = true
    }
}
