import Sluice

/// Two engines, by spans or by arrays.
final class SluicePeer: Peer {
    let name: String
    let works = Set(Work.allCases)

    let material: Material
    let style: SluiceCourier.Style
    private let crowdPairs: Int
    let tls13: SluiceContexts
    let tls12: SluiceContexts

    /// Makes both configurations.
    ///
    /// - Parameters:
    ///   - material: The certificates and the key.
    ///   - style: How bytes go in and out of engines.
    ///   - crowdPairs: Pairs that are alive at once in ``Work/crowd``.
    /// - Throws: What Sluice has against the material.
    init(_ material: Material, _ style: SluiceCourier.Style, crowdPairs: Int) throws {
        name = style.rawValue
        self.material = material
        self.style = style
        self.crowdPairs = crowdPairs
        tls13 = try SluiceContexts(material, .tls13, root: material.root)
        tls12 = try SluiceContexts(material, .tls12, root: material.root)
    }

    func run(_ work: Work, amount: Int) throws -> Duration {
        switch work {
        case .full: try handshakes(tls13, amount)
        case .full12: try handshakes(tls12, amount)
        case .resumed: try resumptions(amount)
        case .bulk16K: try bulk(mebibytes: amount, writeBytes: 16 << 10)
        case .bulk64K: try bulk(mebibytes: amount, writeBytes: 64 << 10)
        case .bulk1K: try bulk(mebibytes: amount, writeBytes: 1 << 10)
        case .pingPong: try roundTrips(amount)
        case .crowd: try crowdRoundTrips(amount)
        case .idle: throw PeerFailure(peer: name, words: "idle memory takes no time")
        }
    }

    private func handshakes(_ contexts: SluiceContexts, _ count: Int) throws -> Duration {
        let courier = SluiceCourier(style)
        let start = ContinuousClock.now
        for _ in 0..<count {
            var pair = try SluicePair(contexts)
            try courier.establish(&pair)
            pair.takeEvents()
        }
        return ContinuousClock.now - start
    }

    func resumptions(_ count: Int) throws -> Duration {
        let courier = SluiceCourier(style)
        var first = try SluicePair(tls13)
        try courier.establish(&first)
        var session = first.takeEvents()
        let start = ContinuousClock.now
        for _ in 0..<count {
            guard let ticket = session else { throw PeerFailure(peer: name, words: "there was no ticket") }
            var pair = try SluicePair(tls13, resuming: ticket)
            try courier.establish(&pair)
            guard pair.isResumed else { throw PeerFailure(peer: name, words: "a handshake was not resumed") }
            session = pair.takeEvents()
        }
        return ContinuousClock.now - start
    }

    private func bulk(mebibytes: Int, writeBytes: Int) throws -> Duration {
        var courier = SluiceCourier(style)
        var pair = try establishedPair(courier)
        let plaintext = [UInt8](repeating: 0x5A, count: writeBytes)
        let total = mebibytes << 20
        let start = ContinuousClock.now
        for _ in 0..<total / writeBytes { try courier.send(plaintext, from: &pair.client, to: &pair.server) }
        let elapsed = ContinuousClock.now - start
        guard courier.byteCount == total else {
            throw PeerFailure(peer: name, words: "\(courier.byteCount) of \(total) bytes arrived")
        }
        return elapsed
    }

    private func roundTrips(_ count: Int) throws -> Duration {
        let courier = SluiceCourier(style)
        var pair = try establishedPair(courier)
        let message = [UInt8](repeating: 0x5A, count: 64)
        let start = ContinuousClock.now
        for _ in 0..<count { try courier.roundTrip(message, &pair) }
        return ContinuousClock.now - start
    }

    private func crowdRoundTrips(_ count: Int) throws -> Duration {
        let courier = SluiceCourier(style)
        var boxes: [SluicePair.Box] = []
        for _ in 0..<crowdPairs { boxes.append(SluicePair.Box(try establishedPair(courier))) }
        let message = [UInt8](repeating: 0x5A, count: 64)
        let start = ContinuousClock.now
        for trip in 0..<count { try courier.roundTrip(message, &boxes[trip % crowdPairs].pair) }
        return ContinuousClock.now - start
    }

    func establishedPair(_ courier: borrowing SluiceCourier) throws -> SluicePair {
        var pair = try SluicePair(tls13)
        try courier.establish(&pair)
        pair.takeEvents()
        return pair
    }
}

// What idle pairs hold.
extension SluicePeer {
    func idleMemory(pairs count: Int) throws -> [IdleMemory] {
        let courier = SluiceCourier(style)
        // What is allocated once only isn't a pair's.
        _ = try idlePair(.asMade, courier)
        // The hibernated ones first, and kept: in memory that others gave back they would seem to need none.
        var boxes: [SluicePair.Box] = []
        boxes.reserveCapacity(2 * count)
        let memory = try [IdleMemory.State.hibernated, .asMade].map { state in
            let start = try ProcessMemory(askedBy: name)
            for _ in 0..<count { boxes.append(try idlePair(state, courier)) }
            return try ProcessMemory(askedBy: name).perPair(since: start, pairs: count, state)
        }
        // What was given back was not needed: all work once more.
        for box in boxes { try courier.roundTrip(Self.idleMessage, &box.pair) }
        return memory.reversed()
    }

    private static let idleMessage = [UInt8](repeating: 0x5A, count: 1024)

    private func idlePair(
        _ state: IdleMemory.State,
        _ courier: borrowing SluiceCourier
    ) throws -> SluicePair.Box {
        let box = SluicePair.Box(try establishedPair(courier))
        try courier.roundTrip(Self.idleMessage, &box.pair)
        if state == .hibernated, !(box.pair.client.hibernate() && box.pair.server.hibernate()) {
            throw PeerFailure(peer: name, words: "an idle connection held its memory back")
        }
        return box
    }
}
