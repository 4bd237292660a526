import Fixtures
import Sluice
import SluiceSimulation
import Testing

/// Rings smaller than what must pass through them.
struct SmallRingTests {
    /// The smallest, its neighbours, and some that divide nothing.
    static let capacities = [1024, 1025, 1279, 1280, 1291, 2047, 4099, 8191, 16_641, 17_407]

    @Test(arguments: TLSVersion.allCases, capacities)
    func `a chain of 25 KiB crosses in turns`(version: TLSVersion, capacity: Int) throws {
        for cut in [Cut.whole, .random] {
            let contexts = try ContextPair(version, Fixtures.longChain, ringCapacity: capacity)
            var pair = try contexts.pair(cut: cut, seed: UInt64(capacity))
            pair.settle()
            let outcome = pair.outcome()
            #expect(outcome.client.failure == nil && outcome.server.failure == nil)
            #expect(try #require(outcome.client.summary).peerCertificates.count == 9)
            #expect(outcome.server.summary != nil)
            #expect(pair.serverSent.count > 20_000)
            let read = pair.exchange(fromClient: [UInt8](repeating: 1, count: 5000), fromServer: [2])
            #expect(read.server.count == 5000 && read.client == [2])
        }
    }

    @Test(arguments: TLSVersion.allCases, capacities)
    func `data and closes cross any ring`(version: TLSVersion, capacity: Int) throws {
        var pair = try EnginePair.established(.init(version, ringCapacity: capacity), cut: .random, seed: 9)
        var generator = SplitMix64(seed: UInt64(capacity))
        let (up, down) = (generator.bytes(60_000), generator.bytes(60_000))
        let read = pair.exchange(fromClient: up, fromServer: down)
        #expect(read.server == up && read.client == down)
        try pair.client.close()
        try pair.server.close()
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.state == .closed && outcome.server.state == .closed)
        #expect(outcome.client.failure == nil && outcome.server.failure == nil)
    }

    @Test(arguments: TLSVersion.allCases, UInt64(0)..<3)
    func `5 MB cross both ways`(version: TLSVersion, seed: UInt64) throws {
        let capacity = [TLSLimits.ringCapacityMin, TLSLimits.ringCapacityDefault, 70_001][Int(seed)]
        let contexts = try ContextPair(version, ringCapacity: capacity)
        var pair = try EnginePair.established(contexts, cut: seed == 0 ? .whole : .random, seed: seed)
        let block = SplitMix64.block(seed: seed)
        var up: [UInt8] = [1]
        for _ in 0..<80 { up += block }
        let down = Array(up.reversed())
        let read = pair.exchange(fromClient: up, fromServer: down)
        #expect(up.count > 5_000_000 && read.server == up && read.client == down)
        let (sent, received) = (pair.client.counters, pair.server.counters)
        #expect(sent.plaintextBytesSent == UInt64(up.count) && received.plaintextBytesReceived == UInt64(up.count))
        #expect(sent.ciphertextBytesSent == received.ciphertextBytesReceived)
    }

    @Test(arguments: TLSVersion.allCases, [1024, 1279, 1280, 2048, 4099])
    func `garbage behind the ClientHello loses no byte of the flight, nor the alert`(
        version: TLSVersion,
        capacity: Int
    ) throws {
        let contexts = try ContextPair(version, Fixtures.longChain, ringCapacity: capacity)
        for (name, garbage) in Self.garbage {
            for stride in [1, 7, 250, 100_000] {
                var client = try contexts.engine(.client)
                var server = try contexts.engine(.server)
                var rest = (client.drain() + garbage)[...]
                var flight: [UInt8] = []
                var thrown: TLSError?
                for _ in 0..<200_000 {
                    if thrown == nil {
                        thrown = failure { () throws(TLSError) in
                            rest = rest.dropFirst(try server.feed(Array(rest)))
                        }
                    }
                    let drained = server.drain(atMost: stride)
                    flight += drained
                    if drained.isEmpty, thrown != nil || rest.isEmpty { break }
                }
                thrown = thrown ?? failure { () throws(TLSError) in _ = try server.read() }
                let error = try #require(thrown, "\(name)")
                #expect(error.fault == .peer && error.alert?.sender == .local, "\(name): \(error)")
                expectFailed(&server, with: error)
                let records = try #require(WireRecord.all(in: flight), "\(name): the flight is cut")
                #expect(try #require(records.last).isAlertLike, "\(name), \(stride): \(error)")
                #expect(flight.count > 20_000, "\(name): the flight is cut")
                // The client makes sense of all of it.
                let seen = client.outcome(ofFeeding: flight).failure
                #expect(seen?.code == .alertReceived && seen?.alert?.description == error.alert?.description, "\(name)")
            }
        }
    }

    private static let garbage: [(String, [UInt8])] = [
        ("half an alert", WireRecord(21, [1]).bytes),
        ("application data", WireRecord(23, [UInt8](repeating: 9, count: 64)).bytes),
        ("a ClientHello", WireRecord.handshake(1, [UInt8](repeating: 9, count: 64)).bytes),
        ("content type 99", WireRecord(99, [1]).bytes),
        ("a record of 65535", [22, 3, 3, 255, 255]),
        ("five warnings", [[UInt8]](repeating: WireRecord.alert(90, level: 1).bytes, count: 5).flatMap { $0 }),
    ]

    @Test(arguments: TLSVersion.allCases, [1024, 1279, 1280, 2048])
    func `garbage behind a server's flight loses no byte of the client's, nor the alert`(
        version: TLSVersion,
        capacity: Int
    ) throws {
        let contexts = try ContextPair(
            version,
            client: {
                $0.identity = .fixture(Fixtures.client)
                $0.parameters.ringCapacity = capacity
            },
            server: { $0.clientAuthentication = .required(.roots(.fixture)) }
        )
        for stride in [1, 7, 250, 100_000] {
            var pair = try contexts.pair()
            try pair.server.feed(pair.client.drain())
            var rest = (pair.server.drain() + [23, 3, 3, 255, 255])[...]
            var sent: [UInt8] = []
            var thrown: TLSError?
            for _ in 0..<100_000 {
                if thrown == nil {
                    thrown = failure { () throws(TLSError) in
                        rest = rest.dropFirst(try pair.client.feed(Array(rest)))
                    }
                }
                let drained = pair.client.drain(atMost: stride)
                sent += drained
                if drained.isEmpty, thrown != nil || rest.isEmpty { break }
            }
            thrown = thrown ?? failure { () throws(TLSError) in _ = try pair.client.read() }
            let error = try #require(thrown)
            #expect(Blame(error) == .overflow)
            expectFailed(&pair.client, with: error)
            #expect(sent.count > 1100 && endsWithAlert(sent), "\(sent.count) bytes")
            // The server gets through the flight to the alert.
            let seen = pair.server.outcome(ofFeeding: sent).failure
            #expect(seen?.alert == TLSError.Alert(.recordOverflow, sentBy: .peer))
        }
    }

    @Test(arguments: TLSVersion.allCases, [1024, 1300, 17_408])
    func `a full ring has room for the fatal alert`(version: TLSVersion, capacity: Int) throws {
        for end in EnginePair.End.allCases {
            var peer = try ForgedPeer(against: end, version, ringCapacity: capacity)
            // As full as the owner can make it.
            while try peer.engine.write([UInt8](repeating: 1, count: 100)) > 0 {}
            if version == .tls13 { while try peer.engine.updateKeys(requestingPeer: false) {} }
            let before = peer.engine.drainableByteCount
            #expect(before > capacity - 512)
            var thrown = failure { () throws(TLSError) in _ = try peer.engine.feed([23, 3, 3, 255, 255]) }
            var drained: [UInt8] = []
            for _ in 0..<2000 {
                let piece = peer.engine.drain(atMost: 17)
                drained += piece
                if piece.isEmpty { break }
            }
            thrown = thrown ?? failure { () throws(TLSError) in _ = try peer.engine.read() }
            let error = try #require(thrown)
            #expect(Blame(error) == .overflow)
            expectFailed(&peer.engine, with: error)
            let records = try #require(WireRecord.all(in: drained))
            #expect(drained.count > before && records.last?.isAlertLike == true)
        }
    }
}

extension SplitMix64 {
    /// 64 KiB.
    fileprivate static func block(seed: UInt64) -> [UInt8] {
        var generator = SplitMix64(seed: seed)
        return generator.bytes(65_536)
    }
}
