import Sluice
import Testing

/// Messages that must be answered, more of them than the owner drains.
struct FloodTests {
    @Test(arguments: EnginePair.End.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `data behind many KeyUpdates is readable at once`(end: EnginePair.End, capacity: Int) throws {
        for count in [1, 30, 100, 600] where count * 27 + 100 < capacity {
            var peer = try ForgedPeer(against: end, .tls13, ringCapacity: capacity)
            var flood: [UInt8] = []
            for _ in 0..<count { flood += peer.sealKeyUpdate(isRequest: true) }
            flood += peer.seal(23, Array("behind".utf8))
            try #require(try peer.engine.feed(flood) == flood.count)
            if case .drain = peer.engine.needs { _ = peer.engine.drain() }
            #expect(try peer.engine.read() == Array("behind".utf8), "\(count) KeyUpdates")
            let needs = peer.engine.needs
            #expect(needs == .ciphertext(atLeast: WireRecord.headerBytes))
        }
    }

    @Test(arguments: EnginePair.End.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `an endless flood of KeyUpdates stops where nobody drains`(end: EnginePair.End, capacity: Int) throws {
        var peer = try ForgedPeer(against: end, .tls13, ringCapacity: capacity)
        let stopped = try flood(&peer, capacity) { $0.sealKeyUpdate(isRequest: true) }
        // Goes on as it is drained, and not one answer is lost but the last, which goes with the next write.
        var rest = stopped.rest[...]
        var answers = 0
        for _ in 0..<1000 where !rest.isEmpty || peer.engine.drainableByteCount > 0 {
            answers += try #require(WireRecord.all(in: peer.engine.drain())).count
            rest = rest.dropFirst(try peer.engine.feed(Array(rest)))
        }
        #expect(answers == stopped.count - 1)
    }

    @Test(arguments: EnginePair.End.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `an endless flood of renegotiations stops where nobody drains`(end: EnginePair.End, capacity: Int) throws {
        var peer = try ForgedPeer(against: end, .tls12, ringCapacity: capacity)
        let request = end == .client ? [0, 0, 0, 0] : ForgedRecordTests.Forgery.clientHello
        let stopped = try flood(&peer, capacity) { $0.seal(22, request) }
        var rest = stopped.rest[...]
        var answers: [WireRecord] = []
        for _ in 0..<1000 where !rest.isEmpty || peer.engine.drainableByteCount > 0 {
            answers += try #require(WireRecord.all(in: peer.engine.drain()))
            rest = rest.dropFirst(try peer.engine.feed(Array(rest)))
        }
        #expect(answers.count == stopped.count && answers.allSatisfy(\.isAlertLike))
        while let event = peer.engine.nextEvent() {
            if case .alertSent(let alert) = event { #expect(alert == .noRenegotiation) }
        }
        let state = peer.engine.state
        #expect(state == .open)
    }

    /// Feeds what `next` seals until no more is taken, and expects the engine to stand as a full one should.
    private func flood(
        _ peer: inout ForgedPeer,
        _ capacity: Int,
        _ next: (inout ForgedPeer) -> [UInt8]
    ) throws -> (count: Int, rest: [UInt8]) {
        for count in 1..<20_000 {
            let record = next(&peer)
            let taken = try peer.engine.feed(record)
            guard taken < record.count else { continue }
            #expect(count * record.count <= 4 * capacity)
            let needs = peer.engine.needs
            #expect(needs == .drain)
            let (drainable, feedable) = (peer.engine.drainableByteCount, peer.engine.feedableByteCount)
            #expect(drainable > 0 && drainable <= capacity && feedable == 0)
            #expect(try peer.engine.feed([0]) == 0)
            return (count, Array(record.dropFirst(taken)))
        }
        Issue.record("20000 messages were taken with nobody draining")
        return (0, [])
    }

    @Test func `an engine that only updates its keys fills its ring and no more`() throws {
        var pair = try ContextPair.shared(.tls13).pair()
        pair.settle()
        var isTaken = true
        for _ in 0..<2000 where isTaken { isTaken = try pair.client.updateKeys(requestingPeer: true) }
        let drainable = pair.client.drainableByteCount
        #expect(!isTaken && drainable <= TLSLimits.ringCapacityDefault)
        let read = pair.exchange(fromClient: [1, 2, 3], fromServer: [4, 5, 6])
        #expect(read.server == [1, 2, 3] && read.client == [4, 5, 6])
    }

    @Test(arguments: EnginePair.End.allCases)
    func `a message cut in the middle holds writing back until its end`(end: EnginePair.End) throws {
        var peer = try ForgedPeer(against: end, .tls13)
        try peer.engine.feed(peer.seal(22, [24, 0, 0, 1]))
        #expect(try peer.engine.write([1]) == 0)
        let (writable, needs) = (peer.engine.writableByteCount, peer.engine.needs)
        #expect(writable == 0)
        // Not `.drain`: there is nothing to drain, and an owner that waits for it would wait for ever.
        #expect(needs == .ciphertext(atLeast: WireRecord.headerBytes))
        try peer.engine.feed(peer.seal(22, [0]))
        #expect(try peer.engine.write([1]) == 1)
    }

    @Test(arguments: EnginePair.End.allCases, [false, true])
    func `a close in the middle of a message is a violation`(end: EnginePair.End, isAtOnce: Bool) throws {
        var peer = try ForgedPeer(against: end, .tls13)
        let half = peer.seal(22, [24, 0, 0, 1])
        let close = peer.seal(21, [1, 0])
        let error = #expect(throws: TLSError.self) {
            if isAtOnce {
                try peer.engine.feed(half + close)
            } else {
                try peer.engine.feed(half)
                try peer.engine.feed(close)
            }
        }
        #expect(error?.code == .protocolViolation && error?.fault == .peer)
        while let event = peer.engine.nextEvent() { #expect(event != .peerClosed) }
    }

    @Test(arguments: EnginePair.End.allCases)
    func `events that nobody pulls are counted and not kept`(end: EnginePair.End) throws {
        var peer = try ForgedPeer(against: end, .tls13)
        while peer.engine.nextEvent() != nil {}
        let count = TLSLimits.eventsMax + 100
        for _ in 0..<count { try peer.engine.feed(peer.sealKeyUpdate(isRequest: false)) }
        var kept = 0
        while let event = peer.engine.nextEvent() {
            if case .eventsDropped(let dropped) = event {
                #expect(dropped == 100 && kept == TLSLimits.eventsMax)
            } else {
                #expect(event == .keysUpdated(.received))
                kept += 1
            }
        }
        #expect(kept == TLSLimits.eventsMax)
        let after = peer.engine.nextEvent()
        #expect(after == nil)
    }
}
