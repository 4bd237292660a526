import Fixtures
import Sluice
import SluiceSimulation
import SluiceOpenSSL
import Testing

/// Owners that call the verbs in any order, on networks that do anything. By seed.
struct ChaosTests {
    @Test(arguments: TLSVersion.allCases, UInt64(0)..<40)
    func `two loops that do only what needs says carry everything to its end`(
        version: TLSVersion,
        seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let capacity = [1024, 1279, 4099, 17_408][Int(seed % 4)]
        var pair = try ContextPair(version, ringCapacity: capacity).pair()
        var links: [EnginePair.End: [UInt8]] = [.client: [], .server: []]
        var unsent: [EnginePair.End: [UInt8]] = [:]
        var read: [EnginePair.End: [UInt8]] = [.client: [], .server: []]
        for end in EnginePair.End.allCases {
            unsent[end] = generator.bytes(Int.random(in: 0...40_000, using: &generator))
        }
        let sent = unsent
        var idleTurns = 0
        for _ in 0..<200_000 where idleTurns < 100 {
            let end = Bool.random(using: &generator) ? EnginePair.End.client : .server
            idleTurns += 1
            let isOpen = pair[end].state == .open || pair[end].state == .closedByPeer
            if isOpen, !(unsent[end] ?? []).isEmpty {
                let count = Int.random(in: 1...20_000, using: &generator)
                let taken = try pair[end].write(Array((unsent[end] ?? []).prefix(count)))
                unsent[end]?.removeFirst(taken)
                if unsent[end] == [] { try pair[end].close() }
            } else if isOpen {
                try pair[end].close()
            }
            switch pair[end].needs {
            case .drain:
                links[end.other]? += pair[end].drain(atMost: Int.random(in: 1...5000, using: &generator))
                idleTurns = 0
            case .read:
                read[end]? += try pair[end].read(atMost: Int.random(in: 1...5000, using: &generator))
                idleTurns = 0
            case .ciphertext(let count):
                let piece = Array((links[end] ?? []).prefix(count))
                guard !piece.isEmpty else { continue }
                try #require(try pair[end].feed(piece) == piece.count)
                links[end]?.removeFirst(piece.count)
                idleTurns = 0
            case .nothing: break
            case .decision: Issue.record("nothing was to be decided")
            }
        }
        let outcome = pair.outcome()
        #expect(outcome.client.state == .closed && outcome.server.state == .closed, "seed \(seed)")
        #expect(read[.client] == sent[.server] && read[.server] == sent[.client], "seed \(seed)")
        #expect(links[.client] == [] && links[.server] == [])
    }

    @Test(arguments: TLSVersion.allCases, UInt64(0)..<80)
    func `no order of calls, nor damage on the way, makes an engine forget its failure or alter a byte`(
        version: TLSVersion,
        seed: UInt64
    ) throws {
        var generator = SplitMix64(seed: seed)
        let capacity = [1024, 1279, 4099, 17_408][Int(seed % 4)]
        let isDamaged = seed.isMultiple(of: 3)
        var pair = try ContextPair(version, ringCapacity: capacity).pair()
        // Some begin in the middle of a connection.
        if !seed.isMultiple(of: 5) { pair.settle() }
        var owners: [EnginePair.End: Owner] = [.client: Owner(), .server: Owner()]
        var failures: [EnginePair.End: TLSError] = [:]
        for _ in 0..<400 {
            let end = Bool.random(using: &generator) ? EnginePair.End.client : .server
            var owner = owners[end] ?? Owner()
            let thrown = failure { () throws(TLSError) in try owner.call(&pair[end], &generator) }
            if isDamaged, UInt8.random(in: 0..<100, using: &generator) == 0 { owner.damage(using: &generator) }
            owners[end.other]?.inbound += owner.outbound
            owner.outbound = []
            owners[end] = owner
            // A write after close() is the one error that ends nothing.
            if case .failed(let error) = pair[end].state, failures[end] == nil {
                #expect(thrown == nil || thrown == error, "seed \(seed)")
                #expect(error.fault != .internal, "seed \(seed): \(error)")
                #expect(isDamaged || error.code != .protocolViolation, "seed \(seed): \(error)")
                failures[end] = error
            }
            let (drainable, feedable) = (pair[end].drainableByteCount, pair[end].feedableByteCount)
            #expect(drainable <= capacity && feedable <= capacity, "seed \(seed)")
        }
        for (end, error) in failures { expectFailed(&pair[end], with: error) }
        for end in EnginePair.End.allCases {
            let (owner, peer) = (owners[end] ?? Owner(), owners[end.other] ?? Owner())
            #expect(!owner.isAltered && owner.readCount <= peer.writtenCount, "seed \(seed)")
        }
    }
}

/// Who calls the verbs of one engine by chance. Its plaintext counts its own bytes, so that a reader knows each.
private struct Owner {
    /// What the peer drained and this engine hasn't been fed.
    var inbound: [UInt8] = []
    /// What this engine drained.
    var outbound: [UInt8] = []
    private(set) var writtenCount = 0
    private(set) var readCount = 0
    private(set) var isAltered = false

    mutating func call(_ engine: inout TLSEngine, _ generator: inout SplitMix64) throws(TLSError) {
        let count = Int.random(in: 0...3000, using: &generator)
        switch UInt16.random(in: 0..<1000, using: &generator) {
        case 0..<300: inbound.removeFirst(try engine.feed(Array(inbound.prefix(count))))
        case 300..<350: inbound.removeFirst(fillRing(of: &engine, count))
        case 350..<500: outbound += engine.drain(atMost: count)
        case 500..<550: emptyRing(of: &engine)
        case 550..<700:
            writtenCount += try engine.write((0..<count).map { UInt8(truncatingIfNeeded: writtenCount + $0) })
        case 700..<850: check(try engine.read(atMost: count))
        case 850..<900: _ = try engine.updateKeys(requestingPeer: count.isMultiple(of: 2))
        case 900..<950: _ = engine.hibernate()
        case 950..<980: while engine.nextEvent() != nil {}
        case 980..<995: _ = engine.takeLeftover()
        case 995..<998: try engine.close()
        default: try engine.feedEOF()
        }
    }

    private func fillRing(of engine: inout TLSEngine, _ count: Int) -> Int {
        engine.feed { span in
            for byte in inbound.prefix(count) where span.freeCapacity > 0 { span.append(byte) }
        }
    }

    private mutating func emptyRing(of engine: inout TLSEngine) {
        _ = engine.drain { span in
            outbound += [UInt8](copying: span)
            return span.byteCount
        }
    }

    private mutating func check(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte != UInt8(truncatingIfNeeded: readCount) { isAltered = true }
            readCount += 1
        }
    }

    /// Flips a bit of what is on its way here.
    mutating func damage(using generator: inout SplitMix64) {
        guard !inbound.isEmpty else { return }
        inbound[Int.random(in: inbound.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
}
