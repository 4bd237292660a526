import Fixtures
import Sluice
import SluiceSimulation
import Testing

struct RingTests {
    @Test(arguments: TLSVersion.allCases, [1024, 1025, 4096, 17 * 1024, 100_000])
    func `any capacity carries a handshake with a long chain, and data both ways`(
        version: TLSVersion,
        capacity: Int
    ) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.parameters.ringCapacity = capacity },
            server: .fixture(version, Fixtures.longChain) { $0.parameters.ringCapacity = capacity },
            cut: .random,
            seed: UInt64(capacity)
        )
        var generator = SplitMix64(seed: 3)
        let (up, down) = (generator.bytes(50_000), generator.bytes(70_000))
        let read = pair.exchange(fromClient: up, fromServer: down)
        #expect(pair.outcome().client.failure == nil && pair.outcome().server.failure == nil)
        #expect(read.server == up && read.client == down)
    }

    @Test(arguments: [1024, 17 * 1024])
    func `an owner that doesn't read stops the peer at the rings' capacity`(capacity: Int) throws {
        var pair = try EnginePair(
            client: .fixture { $0.parameters.ringCapacity = capacity },
            server: .fixture { $0.parameters.ringCapacity = capacity }
        )
        pair.settle()
        var written = 0
        for _ in 0..<1000 {
            let count = try pair.client.write(Array(repeating: 7, count: 10_000))
            written += count
            if pair.settle() == 0, count == 0 { break }
        }
        #expect(pair.outcome().server.needs == .read)
        #expect(written <= 2 * capacity + 2 * TLSLimits.recordPlaintextBytesMax)
        let read = pair.settleReading()
        #expect(read.server.count == written)
    }

    @Test func `a peer that sends and never takes stops at the rings' capacity`() throws {
        var pair = try EnginePair(client: .fixture(), server: .fixture())
        pair.settle()
        var written = 0
        while case let count = try pair.server.write(Array(repeating: 7, count: 50_000)), count > 0 { written += count }
        #expect(written > 0 && written <= 17 * 1024)
        #expect(pair.outcome().server.needs == .drain)
        #expect(pair.server.drainableByteCount <= 17 * 1024)
    }

    @Test(arguments: TLSVersion.allCases)
    func `bytes go straight into and out of the rings`(version: TLSVersion) throws {
        var client = try TLSEngine(TLSClientConfiguration.fixture(version))
        var server = try TLSEngine(TLSServerConfiguration.fixture(version))
        for _ in 0..<100 {
            var isMoved = false
            for _ in 0..<2 {
                let up = try client.drain { bytes throws(TLSError) in try server.feed(bytes) }
                let down = try server.drain { bytes throws(TLSError) in try client.feed(bytes) }
                isMoved = isMoved || up + down > 0
            }
            if !isMoved { break }
        }
        #expect(client.isEstablished && server.isEstablished)
        try client.write([1, 2, 3])
        let bytes = client.drain()
        var offset = 0
        while offset < bytes.count {
            let count = server.feed { output in
                while offset < bytes.count, output.freeCapacity > 0 {
                    output.append(bytes[offset], as: UInt8.self)
                    offset += 1
                }
            }
            #expect(count > 0)
        }
        #expect(try server.read() == [1, 2, 3])
    }

    @Test func `what a transport put in before it failed is kept`() throws {
        struct Broken: Error {}
        var client = try TLSEngine(TLSClientConfiguration.fixture())
        var server = try TLSEngine(TLSServerConfiguration.fixture())
        let hello = client.drain()
        #expect(throws: Broken.self) {
            _ = try server.feed { output throws(Broken) in
                for byte in hello { output.append(byte, as: UInt8.self) }
                throw Broken()
            }
        }
        #expect(server.drainableByteCount > 0)
    }

    @Test func `a transport that fails to send removes nothing`() throws {
        struct Broken: Error {}
        var client = try TLSEngine(TLSClientConfiguration.fixture())
        let count = client.drainableByteCount
        #expect(throws: Broken.self) { _ = try client.drain { _ throws(Broken) in throw Broken() } }
        #expect(client.drainableByteCount == count)
    }

    @Test func `taking more than was lent traps with the remedy`() async {
        await #expect(processExitsWith: .failure) {
            var client = try TLSEngine(TLSClientConfiguration.fixture())
            _ = client.drain { bytes in bytes.byteCount + 1 }
        }
    }

    @Test func `needs names the rest of the record, exactly`() throws {
        var pair = try EnginePair(client: .fixture(.tls13), server: .fixture(.tls13))
        _ = pair.settleReading()
        try pair.client.write(Array(repeating: 1, count: 100))
        let record = pair.client.drain()
        #expect(record.count == 5 + 100 + 17)
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: 5))
        try pair.server.feed(Array(record[..<2]))
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: 3))
        try pair.server.feed(Array(record[2..<5]))
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: 117))
        try pair.server.feed(Array(record[5..<121]))
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: 1))
        try pair.server.feed(Array(record[121...]))
        #expect(pair.outcome().server.needs == .read)
        #expect(try pair.server.read().count == 100)
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: 5))
    }

    @Test(arguments: [(2, 3), (5, 117), (121, 1)])
    func `a transport that had nothing to put in leaves needs alone`(cut: Int, rest: Int) throws {
        var pair = try EnginePair(client: .fixture(.tls13), server: .fixture(.tls13))
        _ = pair.settleReading()
        try pair.client.write(Array(repeating: 1, count: 100))
        try pair.server.feed(Array(pair.client.drain().prefix(cut)))
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: rest))
        #expect(pair.server.feed { _ in } == 0)
        #expect(pair.outcome().server.needs == .ciphertext(atLeast: rest))
    }

    @Test(arguments: [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault])
    func `read takes any bound and gives all that is here`(capacity: Int) throws {
        var pair = try EnginePair(
            client: .fixture { $0.parameters.ringCapacity = 100_000 },
            server: .fixture { $0.parameters.ringCapacity = capacity }
        )
        _ = pair.settleReading()
        for _ in 0..<20 { try pair.client.write(Array(repeating: 1, count: 500)) }
        pair.settle()
        var count = 0
        while case let bytes = try pair.server.read(atMost: .max), !bytes.isEmpty {
            count += bytes.count
            pair.settle()
        }
        #expect(count == 10_000)
        #expect(try pair.server.read(atMost: -1) == [])
    }

    @Test func `plaintext isn't promised while tickets that wait for room go before it`() throws {
        // Found by `sluice simulate --seed 1006 --runs 1 --connections 100 --faults hostile`, in connection 71.
        var pair = try EnginePair(
            client: .fixture(.tls13),
            server: .fixture(.tls13) {
                $0.sessions.ticketCount = 10
                $0.sessions.holdsTicketsUntilFirstWrite = true
                $0.parameters.ringCapacity = 1279
            }
        )
        pair.settle()
        try pair.client.write([1, 2, 3])
        pair.settle()
        #expect(try pair.server.read(atMost: 2) == [1, 2])
        // Ten tickets don't fit the ring.
        #expect(try pair.server.write([9]) == 0)
        #expect(pair.outcome().server.needs == .drain)
        #expect(pair.server.readableByteCount == 0)
        #expect(try pair.server.read() == [])
        pair.settle()
        #expect(pair.outcome().server.needs == .read)
        #expect(try pair.server.read() == [3])
    }

    @Test(arguments: TLSVersion.allCases, [0, 1, 700, 2800])
    func `rings grow with what is in them`(version: TLSVersion, byteCount: Int) throws {
        var generator = SplitMix64(seed: UInt64(byteCount))
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        _ = pair.settleReading()
        // Nothing is drained between the two writes, and nothing is read between the two pieces.
        let (first, second) = (generator.bytes(byteCount), generator.bytes(14_000 - byteCount))
        try pair.client.write(first)
        #expect(try pair.client.write(second) == second.count)
        let ciphertext = pair.client.drain()
        let cut = ciphertext.count / 7
        #expect(try pair.server.feed(Array(ciphertext[..<cut])) == cut)
        let needed = pair.outcome().server.needs
        #expect(try pair.server.feed([]) == 0)
        #expect(pair.outcome().server.needs == needed)
        #expect(try pair.server.feed(Array(ciphertext[cut...])) == ciphertext.count - cut)
        #expect(pair.settleReading().server == first + second)
        // Once more, in rings that are large.
        let read = pair.exchange(fromClient: first + second, fromServer: second + first)
        #expect(read.server == first + second && read.client == second + first)
    }

    @Test(arguments: TLSVersion.allCases, [1, 100, 5000, 16_000])
    func `a ring that is lent to be filled is as large as was said`(version: TLSVersion, byteCount: Int) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        _ = pair.settleReading()
        let bytes = [UInt8](repeating: 9, count: byteCount)
        try pair.client.write(bytes)
        let ciphertext = pair.client.drain()
        expect(pair.server.feedableByteCount == TLSLimits.ringCapacityDefault)
        // Some by copy first, so that the ring isn't empty, then the rest in place.
        try pair.server.feed(Array(ciphertext.prefix(3)))
        let count = pair.server.feed(filling: { output in
            for byte in ciphertext.dropFirst(3) { output.append(byte) }
        })
        #expect(count == ciphertext.count - 3)
        #expect(pair.readServer() == bytes)
    }
}
