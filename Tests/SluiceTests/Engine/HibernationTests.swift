import Fixtures
import Sluice
import SluiceSimulation
import Testing

struct HibernationTests {
    @Test(arguments: TLSVersion.allCases, Cut.allCases)
    func `an idle engine sleeps and wakes with the next byte, either way`(version: TLSVersion, cut: Cut) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version), cut: cut)
        _ = pair.settleReading()
        for round in UInt8(0)..<5 {
            expect(pair.client.hibernate() && pair.server.hibernate())
            #expect(pair.outcome().client.needs == .ciphertext(atLeast: 5))
            #expect(pair.client.feedableByteCount == TLSLimits.ringCapacityDefault)
            let read = pair.exchange(fromClient: [round, 1], fromServer: [round, 2])
            #expect(read.server == [round, 1] && read.client == [round, 2])
        }
        expect(pair.client.hibernate() && pair.server.hibernate())
        try pair.client.close()
        _ = pair.settleReading()
        try pair.server.close()
        _ = pair.settleReading()
        #expect(pair.outcome().client.state == .closed && pair.outcome().server.state == .closed)
    }

    @Test(arguments: TLSVersion.allCases)
    func `bytes on their way keep an engine awake`(version: TLSVersion) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        expect(!pair.client.hibernate())
        _ = pair.settleReading()
        try pair.client.write([1, 2, 3])
        expect(!pair.client.hibernate())
        let record = pair.client.drain()
        expect(pair.client.hibernate())
        try pair.server.feed(Array(record[..<3]))
        expect(!pair.server.hibernate())
        try pair.server.feed(Array(record[3..<5]))
        expect(!pair.server.hibernate())
        try pair.server.feed(Array(record[5..<10]))
        expect(!pair.server.hibernate())
        try pair.server.feed(Array(record[10...]))
        expect(!pair.server.hibernate())
        #expect(try pair.server.read(atMost: 1) == [1])
        // libssl itself would give back the rest before 3.0.14.
        expect(!pair.server.hibernate())
        #expect(try pair.server.read() == [2, 3])
        expect(pair.server.hibernate())
    }

    @Test func `the end of file wakes an engine and is truncation`() throws {
        var pair = try EnginePair(client: .fixture(), server: .fixture())
        _ = pair.settleReading()
        expect(pair.server.hibernate())
        let error = #expect(throws: TLSError.self) { try pair.server.feedEOF() }
        #expect(error?.code == .truncated && error?.isDuringHandshake == false)
    }

    @Test func `new keys wake an engine`() throws {
        var pair = try EnginePair(client: .fixture(.tls13), server: .fixture(.tls13))
        _ = pair.settleReading()
        expect(pair.client.hibernate() && pair.server.hibernate())
        expect(try pair.client.updateKeys(requestingPeer: true))
        let read = pair.exchange(fromClient: [1], fromServer: [2])
        #expect(read.server == [1] && read.client == [2])
    }
}
