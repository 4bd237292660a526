import Sluice
import SluiceSimulation
import Testing

/// Bytes cut anywhere, and taken to the byte.
struct CutTests {
    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `each flight may be cut at every byte`(version: TLSVersion, receiver: EnginePair.End) throws {
        let contexts = try ContextPair.shared(version)
        let flightBytes = try EnginePair.established(contexts).sent(by: receiver.other).count
        for place in 1..<flightBytes {
            var pair = try contexts.pair()
            var rest = place
            for _ in 0..<20 {
                let answer = pair[receiver].drain()
                let flight = pair[receiver.other].drain()
                if answer.isEmpty, flight.isEmpty { break }
                try pair[receiver.other].feed(answer)
                let head = flight.prefix(rest)
                rest -= head.count
                for piece in [Array(head), Array(flight.dropFirst(head.count))] {
                    try #require(try pair[receiver].feed(piece) == piece.count, "byte \(place)")
                }
            }
            let isEstablished = pair.client.isEstablished && pair.server.isEstablished
            #expect(isEstablished, "byte \(place)")
        }
    }

    @Test(arguments: TLSVersion.allCases, UInt64(0)..<40)
    func `random cuts change nothing`(version: TLSVersion, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let up = generator.bytes(Int.random(in: 0...50_000, using: &generator))
        let down = generator.bytes(Int.random(in: 0...50_000, using: &generator))
        var pair = try ContextPair.shared(version).pair(cut: .random, seed: seed)
        pair.settle()
        let read = pair.exchange(fromClient: up, fromServer: down)
        #expect(read.server == up && read.client == down)
        try pair.client.close()
        try pair.server.close()
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.state == .closed && outcome.server.state == .closed)
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `what follows close_notify is left to the byte, fed in one chunk or later`(
        version: TLSVersion,
        receiver: EnginePair.End
    ) throws {
        let contexts = try ContextPair.shared(version)
        for seed in UInt64(0)..<50 {
            var generator = SplitMix64(seed: seed)
            // More than the ring holds, at times.
            let tail = generator.bytes(Int.random(in: 0...40_000, using: &generator))
            var pair = try EnginePair.established(contexts)
            let data = generator.bytes(Int.random(in: 0...5000, using: &generator))
            try pair[receiver.other].write(data)
            try pair[receiver.other].close()
            let last = pair[receiver.other].drain()
            let stream = last + tail
            // One chunk, or two that are cut anywhere.
            let cut = seed.isMultiple(of: 2) ? stream.count : Int.random(in: 0...stream.count, using: &generator)
            var taken = 0
            var read: [UInt8] = []
            for end in [cut, stream.count] {
                taken += try pair[receiver].feed(Array(stream[taken..<end]))
                read += try pair[receiver].read()
            }
            #expect(read == data, "seed \(seed)")
            let isPeerClosed = pair[receiver].isPeerClosed
            #expect(isPeerClosed, "seed \(seed)")
            #expect(try pair[receiver].feed([1, 2, 3]) == 0)
            let leftover = pair[receiver].takeLeftover()
            #expect(leftover + stream[taken...] == tail, "seed \(seed)")
            let again = pair[receiver].takeLeftover()
            #expect(again.isEmpty)
        }
    }

    @Test(arguments: TLSVersion.allCases, [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `an engine that gets what it needs never takes a byte behind close_notify`(
        version: TLSVersion,
        capacity: Int
    ) throws {
        let contexts = try ContextPair(version, ringCapacity: capacity)
        for receiver in EnginePair.End.allCases {
            var pair = try contexts.pair()
            var generator = SplitMix64(seed: 5)
            let data = generator.bytes(30_000)
            var unsent = data[...]
            var link: [UInt8] = []
            var read: [UInt8] = []
            for _ in 0..<10_000 {
                if !unsent.isEmpty {
                    unsent = unsent.dropFirst(try pair[receiver.other].write(Array(unsent)))
                    if unsent.isEmpty { try pair[receiver.other].close() }
                }
                link += pair[receiver.other].drain()
                try pair[receiver.other].feed(pair[receiver].drain())
                switch pair[receiver].needs {
                case .ciphertext(let count):
                    #expect(count >= 1 && count <= 16_384 + 2048)
                    let piece = Array(link.prefix(count))
                    link.removeFirst(try pair[receiver].feed(piece))
                case .read:
                    read += try pair[receiver].read(atMost: 1000)
                default: break
                }
                let isPeerClosed = pair[receiver].isPeerClosed
                if isPeerClosed { break }
            }
            #expect(read == data)
            let (isPeerClosed, leftover) = (pair[receiver].isPeerClosed, pair[receiver].takeLeftover())
            #expect(isPeerClosed && leftover.isEmpty && link.isEmpty)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `whatever was fed, an engine that needs ciphertext has nothing left in its ring`(version: TLSVersion) throws {
        for seed in UInt64(0)..<20 {
            var generator = SplitMix64(seed: seed)
            var pair = try EnginePair.established(.shared(version))
            for _ in 0..<200 {
                switch UInt8.random(in: 0..<8, using: &generator) {
                case 0: try pair.client.write(generator.bytes(Int.random(in: 1...3000, using: &generator)))
                case 1: _ = try pair.client.updateKeys(requestingPeer: true)
                case 2: try pair.server.write(generator.bytes(Int.random(in: 1...3000, using: &generator)))
                case 3: _ = try pair.server.read(atMost: Int.random(in: 1...5000, using: &generator))
                case 4: _ = try pair.client.read(atMost: Int.random(in: 1...5000, using: &generator))
                default: pair.settle(turnsMax: Int.random(in: 1...3, using: &generator))
                }
                for end in EnginePair.End.allCases {
                    guard case .ciphertext = pair[end].needs else { continue }
                    let free = pair[end].feedableByteCount
                    #expect(free == TLSLimits.ringCapacityDefault, "seed \(seed)")
                }
            }
            #expect(pair.failure(of: .client) == nil && pair.failure(of: .server) == nil, "seed \(seed)")
        }
    }
}
