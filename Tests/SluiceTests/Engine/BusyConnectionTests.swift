import Fixtures
import Sluice
import SluiceOpenSSL
import SluiceSimulation
import Testing

/// Connections that have proved busy: libssl then keeps its buffers, and is given records whole.
struct BusyConnectionTests {
    @Test(arguments: TLSVersion.allCases)
    func `needs names the rest of the record, exactly, wherever it is cut`(version: TLSVersion) throws {
        var pair = try busyPair(version)
        for cut in 0...200 {
            try pair.client.write(Array(repeating: 1, count: 100))
            let record = pair.client.drain()
            guard cut < record.count else { return }
            try pair.server.feed(Array(record[..<cut]))
            let rest = cut < WireRecord.headerBytes ? WireRecord.headerBytes - cut : record.count - cut
            #expect(pair.outcome().server.needs == .ciphertext(atLeast: rest), "cut at \(cut)")
            try pair.server.feed(Array(record[cut...]))
            #expect(try pair.server.read().count == 100)
        }
        Issue.record("the record had no end")
    }

    @Test(arguments: Cut.allCases, UInt64(0)..<10)
    func `everything arrives, however the bytes are cut`(cut: Cut, seed: UInt64) throws {
        var pair = try busyPair(seed % 2 == 0 ? .tls13 : .tls12, cut: cut, seed: seed)
        var generator = SplitMix64(seed: seed)
        let (up, down) = (generator.bytes(40_000), generator.bytes(30_000))
        let read = pair.exchange(fromClient: up, fromServer: down)
        let isIntact = read.server == up && read.client == down
        #expect(isIntact)
        try pair.client.close()
        _ = pair.settleReading()
        #expect(pair.outcome().server.state == .closedByPeer)
    }

    @Test(arguments: TLSVersion.allCases, 0..<12)
    func `what follows close_notify is left over, though it came with it`(version: TLSVersion, count: Int) throws {
        var pair = try busyPair(version)
        try pair.client.write([1, 2, 3])
        try pair.client.close()
        let next = [UInt8](repeating: 23, count: count)
        let bytes = pair.client.drain() + next
        var taken = 0
        let read = try [UInt8](bytesMax: 100) { output throws(TLSError) in
            taken = try bytes.withRawSpan { bytes throws(TLSError) in try pair.server.feed(bytes, reading: &output) }
        }
        #expect(read == [1, 2, 3] && taken == bytes.count)
        #expect(pair.outcome().server.state == .closedByPeer)
        let leftover = pair.server.takeLeftover()
        #expect(leftover == next)
    }

    @Test(arguments: TLSVersion.allCases, [1, 4, 5, 6, 100])
    func `an end inside a record is truncation`(version: TLSVersion, cut: Int) throws {
        var pair = try busyPair(version)
        try pair.client.write(Array(repeating: 1, count: 100))
        try pair.server.feed(Array(pair.client.drain()[..<cut]))
        let error = #expect(throws: TLSError.self) { try pair.server.feedEOF() }
        #expect(error?.code == .truncated)
    }

    @Test(arguments: TLSVersion.allCases, [false, true])
    func `a record with the longest length is a violation`(version: TLSVersion, isFedWhole: Bool) throws {
        var pair = try busyPair(version)
        let record = [UInt8]([23, 3, 3, 0xFF, 0xFF]) + [UInt8](repeating: 0, count: 10_000)
        let error = #expect(throws: TLSError.self) {
            if isFedWhole {
                try pair.server.feed(record)
            } else {
                for byte in record { try pair.server.feed([byte]) }
            }
        }
        #expect(error?.code == .protocolViolation && error?.fault == .peer)
    }

    @Test(arguments: TLSVersion.allCases)
    func `it hibernates, and wakes in the middle of nothing`(version: TLSVersion) throws {
        var pair = try busyPair(version)
        for round in UInt8(0)..<100 {
            expect(pair.client.hibernate() && pair.server.hibernate())
            let read = pair.exchange(fromClient: [round, 1], fromServer: [round, 2])
            #expect(read.server == [round, 1] && read.client == [round, 2])
        }
    }

    /// A pair that has exchanged more than the 40 records after which a connection is busy, at both ends.
    private func busyPair(_ version: TLSVersion, cut: Cut = .whole, seed: UInt64 = 1) throws -> EnginePair {
        var pair = try EnginePair.established(ContextPair.shared(version), cut: cut, seed: seed)
        for _ in 0..<30 { _ = pair.exchange(fromClient: [1], fromServer: [2]) }
        return pair
    }
}
