import Sluice
import Testing

/// Owners that leave out a verb, peers that leave out reading.
struct BackPressureTests {
    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `a peer that sends for ever is held back by an owner that doesn't read`(
        version: TLSVersion,
        receiver: EnginePair.End
    ) throws {
        var pair = try EnginePair.established(.shared(version))
        var arrived = 0
        var link: [UInt8] = []
        for _ in 0..<200 {
            try pair[receiver.other].write([UInt8](repeating: 1, count: 10_000))
            if link.isEmpty { link = pair[receiver.other].drain() }
            let taken = try pair[receiver].feed(link)
            link.removeFirst(taken)
            arrived += taken
        }
        // One record in libssl, one ring full.
        #expect(arrived < 2 * 17_408 + 10_100)
        let (needs, feedable) = (pair[receiver].needs, pair[receiver].feedableByteCount)
        #expect(needs == .read && feedable == 0)
        // The peer is held back as well.
        let writable = pair[receiver.other].writableByteCount
        #expect(try pair[receiver.other].write([UInt8](repeating: 1, count: 30_000)) <= writable)
        #expect(try pair[receiver].feed(link) == 0)
        // Reading lets it go on.
        #expect(try !pair[receiver].read().isEmpty)
        #expect(try pair[receiver].feed(link) > 0)
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `an owner that never drains fills one ring`(version: TLSVersion, sender: EnginePair.End) throws {
        var pair = try EnginePair.established(.shared(version))
        var written = 0
        for _ in 0..<200 { written += try pair[sender].write([UInt8](repeating: 1, count: 1000)) }
        // The last stretch of the ring is left to writes that fit.
        for _ in 0..<1000 { written += try pair[sender].write([1]) }
        let (drainable, writable) = (pair[sender].drainableByteCount, pair[sender].writableByteCount)
        #expect(written <= 17_408 && drainable <= 17_408 && writable == 0)
        #expect(try pair[sender].write([1]) == 0)
        let needs = pair[sender].needs
        #expect(needs == .drain)
        // It still hears the peer.
        try pair[sender.other].write(Array("heard".utf8))
        try pair[sender].feed(pair[sender.other].drain())
        #expect(try pair[sender].read() == Array("heard".utf8))
        let read = pair.settleReading()
        #expect((sender == .client ? read.server : read.client).count == written)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a close waits for room and is not forgotten`(version: TLSVersion) throws {
        var pair = try EnginePair.established(.init(version, ringCapacity: TLSLimits.ringCapacityMin))
        while try pair.client.write([UInt8](repeating: 1, count: 100)) > 0 {}
        if version == .tls13 { while try pair.client.updateKeys(requestingPeer: false) {} }
        try pair.client.close()
        try pair.client.close()
        expect(.closed) { try pair.client.write([1]) }
        _ = pair.settleReading()
        let (client, server) = (pair.client.state, pair.server.state)
        #expect(client == .closedByLocal && server == .closedByPeer)
    }

    @Test(arguments: TLSVersion.allCases, EnginePair.End.allCases)
    func `nothing is written or read before the handshake has completed`(
        version: TLSVersion,
        end: EnginePair.End
    ) throws {
        var engine = try ContextPair.shared(version).engine(end)
        #expect(try engine.write(Array("too early".utf8)) == 0)
        #expect(try engine.read() == [])
        #expect(try engine.feed([]) == 0)
        #expect(try !engine.updateKeys(requestingPeer: true))
        let isHibernating = engine.hibernate()
        let leftover = engine.takeLeftover()
        let state = engine.state
        #expect(!isHibernating && leftover.isEmpty && state == .handshaking)
    }

    @Test(arguments: EnginePair.End.allCases)
    func `close gives an unfinished handshake up, for good`(end: EnginePair.End) throws {
        var engine = try ContextPair.shared(.tls13).engine(end)
        try engine.close()
        let thrown = failure { () throws(TLSError) in try engine.close() }
        let error = try #require(thrown)
        #expect(error.code == .closed && error.fault == .caller && error.isDuringHandshake)
        expectFailed(&engine, with: error)
    }

    @Test(arguments: TLSVersion.allCases)
    func `what comes after both closes is nobody's`(version: TLSVersion) throws {
        var pair = try EnginePair.established(.shared(version))
        try pair.client.close()
        try pair.server.close()
        pair.settle()
        for end in EnginePair.End.allCases {
            let state = pair[end].state
            #expect(state == .closed)
            #expect(try pair[end].feed([1, 2, 3]) == 0)
            #expect(try pair[end].read() == [])
            expect(.closed) { try pair[end].write([1]) }
            try pair[end].feedEOF()
            try pair[end].close()
            let drained = pair[end].drain()
            #expect(drained.isEmpty)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a peer that writes on after our close is still read`(version: TLSVersion) throws {
        var pair = try EnginePair.established(.shared(version))
        try pair.client.close()
        try pair.server.feed(pair.client.drain())
        for _ in 0..<10 {
            #expect(try pair.server.write(Array("more".utf8)) == 4)
            try pair.client.feed(pair.server.drain())
            #expect(try pair.client.read() == Array("more".utf8))
        }
    }
}
