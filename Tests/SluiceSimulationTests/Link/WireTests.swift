import Testing

@testable import SluiceSimulation

/// One direction of a link, without engines.
struct WireTests {
    private static let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }

    @Test(arguments: [LinkConditions.perfect, .broadband, .satellite, .serialLine], UInt64(0)..<4)
    func `a link without faults delivers every byte in order, at times that don't run backwards`(
        conditions: LinkConditions,
        seed: UInt64
    ) {
        var wire = Wire(conditions, seed: seed)
        wire.send(Array(Self.bytes.prefix(4000)), at: .zero)
        wire.send(Array(Self.bytes.dropFirst(4000)), at: .seconds(1))
        wire.end(at: .seconds(2))
        let arrivals = receiveAll(of: &wire)
        #expect(arrivals.flatMap(\.bytes) == Self.bytes)
        #expect(arrivals.map(\.time) == arrivals.map(\.time).sorted())
        #expect(wire.isOver && wire.inFlightByteCount == 0)
    }

    @Test func `latency and bandwidth add up`() {
        var conditions = LinkConditions.perfect
        conditions.latency = .milliseconds(100)
        conditions.bytesPerSecond = 1000
        var wire = Wire(conditions, seed: 0)
        wire.send([UInt8](repeating: 0, count: 500), at: .seconds(1))
        wire.send([UInt8](repeating: 0, count: 500), at: .seconds(1))
        #expect(receiveAll(of: &wire).map(\.time) == [.milliseconds(1600), .milliseconds(2100)])
    }

    @Test func `jitter is no more than it may be, and differs`() {
        var conditions = LinkConditions.perfect
        conditions.jitter = .milliseconds(10)
        var wire = Wire(conditions, seed: 0)
        for second in 0..<50 { wire.send([1], at: .seconds(second)) }
        let delays = zip(0..., receiveAll(of: &wire).map(\.time)).map { $1 - .seconds($0) }
        #expect(delays.allSatisfy { (.zero ... .milliseconds(10)).contains($0) })
        #expect(Set(delays).count > 40)
    }

    @Test func `a stall holds up what is behind it`() {
        var conditions = LinkConditions.perfect
        conditions.stall = 1
        conditions.stallLength = .seconds(5)
        var wire = Wire(conditions, seed: 0)
        wire.send([1], at: .zero)
        wire.send([2], at: .seconds(1))
        #expect(receiveAll(of: &wire).map(\.time) == [.seconds(5), .seconds(6)])
    }

    @Test func `cuts are what their names say`() {
        let lengths = Cut.allCases.map { cut in
            var conditions = LinkConditions.perfect
            conditions.cut = cut
            var wire = Wire(conditions, seed: 3)
            wire.send(Self.bytes, at: .zero)
            return receiveAll(of: &wire).map(\.bytes.count)
        }
        #expect(lengths[0] == [10_000])
        #expect(lengths[1] == [Int](repeating: 1, count: 10_000))
        #expect(lengths[2].count > 4 && lengths[2].allSatisfy { (1...2000).contains($0) })
        #expect(Cut.allCases == [.whole, .oneByte, .random])
    }

    @Test func `what isn't taken stays, and room comes back with what is`() {
        var conditions = LinkConditions.perfect
        conditions.bytesInFlightMax = 100
        var wire = Wire(conditions, seed: 0)
        #expect(wire.roomByteCount == 100)
        wire.send(Array(Self.bytes.prefix(80)), at: .zero)
        #expect(wire.roomByteCount == 20)
        #expect(wire.nextArrival() == .zero)
        wire.take(30)
        #expect(wire.next() == .bytes(Array(Self.bytes[30..<80])))
        #expect(wire.roomByteCount == 50)
        wire.discard()
        #expect(wire.next() == nil && wire.nextArrival() == nil)
    }

    @Test func `the end of file comes behind the bytes, once`() {
        var wire = Wire(.satellite, seed: 1)
        wire.send(Array(Self.bytes.prefix(1000)), at: .zero)
        wire.end(at: .zero)
        while case .bytes(let piece) = wire.next() { wire.take(piece.count) }
        #expect(wire.next() == .end)
        wire.discard()
        #expect(wire.next() == nil)
    }

    @Test(arguments: Fault.allCases.filter { $0 != .earlyClose }, UInt64(0)..<20)
    func `a fault does what its name says to the bytes that arrive, and is told`(fault: Fault, seed: UInt64) {
        var conditions = LinkConditions.perfect
        conditions[fault] = 1
        var wire = Wire(conditions, seed: seed)
        // Numbers that don't repeat within a stretch, so that each change shows.
        let sent = (0..<70_000).flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        wire.send(sent, at: .zero)
        let arrived = receiveAll(of: &wire).flatMap(\.bytes)
        #expect(wire.damage.fired == [fault])
        switch fault {
        case .bitFlip:
            let changed = zip(sent, arrived).map { $0 ^ $1 }.filter { $0 != 0 }
            #expect(arrived.count == sent.count && changed.count == 1 && changed[0].nonzeroBitCount == 1)
        case .truncation: #expect(sent.starts(with: arrived) && arrived.count < sent.count)
        case .loss: #expect((1...1460).contains(sent.count - arrived.count))
        case .duplication: #expect((1...1460).contains(arrived.count - sent.count))
        case .reordering: #expect(arrived != sent && arrived.sorted() == sent.sorted())
        case .earlyClose: break
        }
    }

    @Test func `an early close is due once`() {
        var conditions = LinkConditions.perfect
        conditions.earlyClose = 1
        var wire = Wire(conditions, seed: 0)
        let dues = (0..<100).map { _ in
            wire.send([UInt8](repeating: 0, count: 1000), at: .zero)
            return wire.takeEarlyClose()
        }
        #expect(dues.filter(\.self).count == 1)
        #expect(wire.damage.fired == [.earlyClose])
    }

    @Test func `no fault happens that has no probability`() {
        for seed in UInt64(0)..<50 {
            var wire = Wire(.satellite, seed: seed)
            wire.send(Self.bytes, at: .zero)
            #expect(wire.damage.fired.isEmpty && !wire.takeEarlyClose())
        }
    }

    @Test func `turning a fault off moves no other`() {
        for seed in UInt64(0)..<20 {
            var both = LinkConditions.perfect
            both.truncation = 1
            both.earlyClose = 1
            var one = both
            one.earlyClose = 0
            var wires = [Wire(both, seed: seed), Wire(one, seed: seed)]
            let counts = wires.indices.map { index in
                for _ in 0..<70 { wires[index].send([UInt8](repeating: 0, count: 1000), at: .zero) }
                return receiveAll(of: &wires[index]).flatMap(\.bytes).count
            }
            #expect(counts[0] == counts[1])
        }
    }

    private func receiveAll(of wire: inout Wire) -> [(bytes: [UInt8], time: Duration)] {
        var all: [(bytes: [UInt8], time: Duration)] = []
        while let time = wire.nextArrival(), let arrival = wire.next() {
            guard case .bytes(let piece) = arrival else {
                wire.discard()
                break
            }
            all.append((piece, time))
            wire.take(piece.count)
        }
        return all
    }
}
