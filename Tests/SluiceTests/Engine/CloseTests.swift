import Fixtures
import Sluice
import SluiceSimulation
import Testing

struct CloseTests {
    private func established(_ version: TLSVersion, cut: Cut = .whole) throws -> EnginePair {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version), cut: cut)
        _ = pair.settleReading()
        return pair
    }

    @Test(arguments: TLSVersion.allCases, Cut.allCases)
    func `after one end has closed the other may still send`(version: TLSVersion, cut: Cut) throws {
        var pair = try established(version, cut: cut)
        try pair.client.close()
        _ = pair.settleReading()
        #expect(pair.outcome().client.state == .closedByLocal && pair.outcome().server.state == .closedByPeer)
        try pair.server.write(Array("still here".utf8))
        let read = pair.settleReading()
        #expect(read.client == Array("still here".utf8))
        try pair.server.close()
        _ = pair.settleReading()
        #expect(pair.outcome().client.state == .closed && pair.outcome().server.state == .closed)
        #expect(pair.outcome().client.needs == .nothing)
    }

    @Test(arguments: TLSVersion.allCases)
    func `closing twice sends one close_notify`(version: TLSVersion) throws {
        var pair = try established(version)
        try pair.client.close()
        let first = pair.client.drain()
        try pair.client.close()
        let second = pair.client.drain()
        #expect(!first.isEmpty && second == [])
    }

    @Test(arguments: [1, 7, 20, 64])
    func `close_notify goes out whole behind a full ring, however it is drained`(piece: Int) throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) { $0.parameters.ringCapacity = TLSLimits.ringCapacityMin },
            server: .fixture(.tls13)
        )
        _ = pair.settleReading()
        while try pair.client.updateKeys(requestingPeer: false) {}
        try pair.client.close()
        while case let bytes = pair.client.drain(atMost: piece), !bytes.isEmpty { try pair.server.feed(bytes) }
        #expect(pair.outcome().server.state == .closedByPeer)
    }

    @Test(arguments: TLSVersion.allCases)
    func `write after close throws closed`(version: TLSVersion) throws {
        var pair = try established(version)
        try pair.client.close()
        let error = #expect(throws: TLSError.self) { try pair.client.write([1]) }
        #expect(error?.code == .closed && error?.fault == .caller)
    }

    @Test func `close before the handshake gives the connection up`() throws {
        var engine = try TLSEngine(TLSClientConfiguration.fixture())
        try engine.close()
        let hello = engine.drain()
        #expect(hello.count > 100)
        let error = #expect(throws: TLSError.self) { try engine.feed([22]) }
        #expect(error?.code == .closed)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the peer's close is told once, after its plaintext`(version: TLSVersion) throws {
        var pair = try established(version)
        _ = pair.serverEvents()
        try pair.client.write([1, 2, 3])
        try pair.client.close()
        pair.settle()
        #expect(pair.outcome().server.needs == .read && pair.outcome().server.state == .open)
        #expect(pair.readServer() == [1, 2, 3])
        #expect(pair.outcome().server.state == .closedByPeer)
        let events = pair.serverEvents()
        #expect(events == [.peerClosed])
        #expect(try pair.server.read() == [] && pair.outcome().server.needs == .nothing)
    }

    @Test(arguments: TLSVersion.allCases)
    func `close_notify and then the end of file is a clean end`(version: TLSVersion) throws {
        var pair = try established(version)
        try pair.client.close()
        pair.settle()
        try pair.server.feedEOF()
        #expect(pair.outcome().server.state == .closedByPeer)
        try pair.server.close()
        #expect(pair.outcome().server.state == .closed)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the end of file alone is truncation, after what arrived was read`(version: TLSVersion) throws {
        var pair = try established(version)
        try pair.client.write([1, 2, 3])
        pair.settle()
        try pair.server.feedEOF()
        #expect(try pair.server.read() == [1, 2, 3])
        let error = #expect(throws: TLSError.self) { try pair.server.read() }
        #expect(error?.code == .truncated && error?.fault == .transport && error?.isDuringHandshake == false)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the end of file in a handshake says so`(version: TLSVersion) throws {
        var client = try TLSEngine(TLSClientConfiguration.fixture(version))
        var server = try TLSEngine(TLSServerConfiguration.fixture(version))
        try server.feed(Array(client.drain().dropLast()))
        let error = #expect(throws: TLSError.self) { try server.feedEOF() }
        #expect(error?.code == .truncated && error?.isDuringHandshake == true)
        var untouched = try TLSEngine(TLSServerConfiguration.fixture(version))
        let early = #expect(throws: TLSError.self) { try untouched.feedEOF() }
        #expect(early?.code == .truncated && early?.isDuringHandshake == true)
    }

    @Test(arguments: TLSVersion.allCases, [0, 1, 7, 5000])
    func `bytes behind close_notify are left over, none is lost`(version: TLSVersion, count: Int) throws {
        var pair = try established(version)
        try pair.client.write([9])
        try pair.client.close()
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sent = pair.client.drain() + plain
        let taken = try pair.server.feed(sent)
        #expect(try pair.server.read() == [9])
        let left = pair.server.takeLeftover() + sent.dropFirst(taken)
        #expect(left == plain)
        #expect(try pair.server.feed([1, 2]) == 0)
        #expect(pair.server.takeLeftover() == [])
    }

    @Test(arguments: TLSVersion.allCases)
    func `whoever feeds what is needed and no more has nothing left over`(version: TLSVersion) throws {
        var client = try TLSEngine(TLSClientConfiguration.fixture(version))
        var server = try TLSEngine(TLSServerConfiguration.fixture(version))
        var toServer: ArraySlice<UInt8> = []
        var toClient: ArraySlice<UInt8> = []
        var isClosing = false
        for _ in 0..<1000 where !isClosing || !toServer.isEmpty {
            if client.isEstablished, !isClosing {
                try client.write([1, 2, 3])
                try client.close()
                isClosing = true
            }
            toServer += client.drain() + (isClosing && toServer.isEmpty ? Array("PLAIN".utf8) : [])
            toClient += server.drain()
            _ = try server.read()
            if case .ciphertext(let count) = server.needs {
                let taken = try server.feed(Array(toServer.prefix(count)))
                #expect(taken == min(count, toServer.count))
                toServer = toServer.dropFirst(taken)
            }
            if server.isPeerClosed { break }
            if case .ciphertext(let count) = client.needs {
                toClient = toClient.dropFirst(try client.feed(Array(toClient.prefix(count))))
            }
        }
        #expect(server.takeLeftover() == [] && toServer.starts(with: Array("PLAIN".utf8)))
    }
}
