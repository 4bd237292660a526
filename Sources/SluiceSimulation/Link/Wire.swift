/// One direction of a link: bytes on their way, in order, and when they arrive.
///
/// Pure: it is told the time and knows no engine.
struct Wire: Sendable {
    /// What arrives next.
    enum Arrival: Hashable {
        /// The bytes of the next piece.
        case bytes([UInt8])
        /// The end of file.
        case end
    }

    private let conditions: LinkConditions
    private var generator: SplitMix64
    private(set) var damage: Damage

    /// What was drained and hasn't begun to arrive, each with when it was sent.
    private var chunks: [(bytes: ArraySlice<UInt8>, sentAt: Duration)] = []

    /// The piece that arrives next, or has arrived and waits for room, and when it did.
    private var head: (bytes: ArraySlice<UInt8>, at: Duration)?

    /// When the last byte that left had left, and the last that arrived had arrived.
    private var departed = Duration.zero
    private var arrived = Duration.zero

    /// When the sender ended its stream.
    private var endedAt: Duration?

    /// Bytes sent and not taken.
    private(set) var inFlightByteCount = 0

    /// Whether the end of file was taken, or nobody receives any more.
    private(set) var isOver = false

    init(_ conditions: LinkConditions, seed: UInt64) {
        self.conditions = conditions
        generator = SplitMix64(seed: seed)
        damage = Damage(conditions, using: &generator)
    }

    /// Bytes that may be sent now. A duplicate may take the wire over its limit by a stretch.
    var roomByteCount: Int {
        isOver || damage.isTruncated ? .max : max(0, max(1, conditions.bytesInFlightMax) - inFlightByteCount)
    }

    /// Sends bytes behind those that are on their way.
    mutating func send(_ bytes: [UInt8], at now: Duration) {
        let isTruncated = damage.isTruncated
        let arriving = damage.apply(to: bytes)
        guard !isOver, !isTruncated else { return }
        if !arriving.isEmpty { chunks.append((arriving[...], now)) }
        inFlightByteCount += arriving.count
        if damage.isTruncated { end(at: now) }
    }

    /// Ends the stream behind what is on its way.
    mutating func end(at now: Duration) {
        endedAt = endedAt ?? now
    }

    /// Whether the sender's owner closes now. True once.
    mutating func takeEarlyClose() -> Bool {
        damage.takeEarlyClose()
    }

    /// When the next piece arrives, or arrived if it wasn't taken; nil if nothing is on its way.
    mutating func nextArrival() -> Duration? {
        guard !isOver else { return nil }
        if head == nil { cutHead() }
        if let head { return head.at }
        return endedAt.map { max($0 + conditions.latency, arrived) }
    }

    /// What arrives next. It stays until it is taken.
    mutating func next() -> Arrival? {
        guard nextArrival() != nil else { return nil }
        return head.map { .bytes(Array($0.bytes)) } ?? .end
    }

    /// The receiver took so many bytes of the next piece.
    mutating func take(_ count: Int) {
        guard let piece = head else { return }
        inFlightByteCount -= count
        arrived = max(arrived, piece.at)
        head = count < piece.bytes.count ? (piece.bytes.dropFirst(count), piece.at) : nil
    }

    /// Nobody receives any more, or the end of file was taken: what is on its way is lost.
    mutating func discard() {
        isOver = true
        head = nil
        chunks = []
        inFlightByteCount = 0
    }

    private mutating func cutHead() {
        guard let chunk = chunks.first else { return }
        let count = conditions.cut.pieceLength(of: chunk.bytes.count, using: &generator)
        departed = max(departed, chunk.sentAt) + conditions.duration(of: count)
        var travel = conditions.latency
        if conditions.jitter > .zero { travel += generator.duration(upTo: conditions.jitter) }
        if conditions.stall > 0, generator.chance(conditions.stall) { travel += conditions.stallLength }
        arrived = max(arrived, departed + travel)
        head = (chunk.bytes.prefix(count), arrived)
        if count < chunk.bytes.count {
            chunks[0].bytes = chunk.bytes.dropFirst(count)
        } else {
            chunks.removeFirst()
        }
    }
}

extension LinkConditions {
    /// How long so many bytes take to leave.
    fileprivate func duration(of count: Int) -> Duration {
        guard let bytesPerSecond else { return .zero }
        return .seconds(count) / max(1, bytesPerSecond)
    }
}
