import Sluice
import SluiceReplay
import SluiceSimulation
import Testing

/// A ClientHello in several segments, in whatever order and shape they come.
struct ReassemblyTests {
    /// Where the stream's numbers begin: small, in the middle, and so that they wrap within it.
    static let beginnings: [UInt32] = [0, 0x7fff_ff80, 0xffff_ff80]

    @Test(arguments: beginnings, UInt64(0)..<8)
    func `segments come in any order, twice and overlapping`(beginning: UInt32, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var segments: [[UInt8]] = [syn(beginning)]
        for start in stride(from: 0, to: helloRecords.count, by: 40) {
            let count = Int.random(in: 40...100, using: &generator)
            let segment = piece(start, count, beginning)
            segments += Bool.random(using: &generator) ? [segment, segment] : [segment]
        }
        segments.shuffle(using: &generator)
        #expect(try hellos(segments).map(\.records) == [helloRecords])
    }

    @Test(arguments: beginnings)
    func `a stream whose SYN is missing begins at its lowest byte`(beginning: UInt32) throws {
        let segments = [piece(100, 1000, beginning), piece(0, 100, beginning)]
        #expect(try hellos(segments).map(\.records) == [helloRecords])
        let late = [piece(0, 100, beginning), syn(beginning), piece(100, 1000, beginning)]
        #expect(try hellos(late).map(\.records) == [helloRecords])
    }

    @Test func `a ClientHello comes byte by byte`() throws {
        let segments = (0..<helloRecords.count).map { piece($0, 1, 7) }
        #expect(try hellos([syn(7)] + segments).map(\.records) == [helloRecords])
        #expect(try hellos([syn(7)] + segments.reversed()).map(\.records) == [helloRecords])
    }

    @Test func `a SYN may carry bytes`() throws {
        let segment = Frame.tcp(helloRecords, number: 6, isSynchronizing: true)
        #expect(try hellos([segment]).map(\.records) == [helloRecords])
    }

    @Test func `a byte before the beginning is none of the stream`() throws {
        let keepAlive = Frame.tcp([0xff], number: 7)
        #expect(try hellos([syn(7), keepAlive, piece(0, 1000, 7), keepAlive]).map(\.records) == [helloRecords])
    }

    @Test func `of bytes that differ those win that were seen first`() throws {
        let other = Frame.tcp([UInt8](repeating: 0xff, count: helloRecords.count), number: 8)
        #expect(try hellos([syn(7), piece(0, 1000, 7), other]).map(\.records) == [helloRecords])
    }

    @Test func `a gap leaves it incomplete`() throws {
        let found = try ClientHelloImport(capture([syn(7), piece(0, 100, 7), piece(101, 1000, 7)]))
        #expect(found.clientHellos.isEmpty)
        #expect(found.skipped.incompleteClientHellos == 1)
    }

    @Test func `ports that are used again make another connection`() throws {
        let segments = [syn(7), piece(0, 1000, 7), syn(0x4000_0000), piece(0, 1000, 0x4000_0000)]
        #expect(try hellos(segments).map(\.records) == [helloRecords, helloRecords])
        #expect(try hellos([syn(7), syn(7), piece(0, 1000, 7)]).count == 1)
    }

    @Test func `connections are in the order in which they were first seen`() throws {
        let segments = [
            Frame.tcp([], number: 0, isSynchronizing: true, from: 5), Frame.tcp(helloRecords, number: 1, from: 6),
            Frame.tcp(helloRecords, number: 1, from: 5),
        ]
        let found = try hellos(segments)
        #expect(found.map(\.source) == ["192.0.2.1:5", "192.0.2.1:6"])
        #expect(found.map { $0.time?.secondsSince1970 } == [2, 1].map { Int64(Frame.beginningOf2025) + $0 })
    }

    @Test func `streams have an end`() throws {
        // Four GiB later the numbers come round: what comes then is no part of the beginning.
        let behind = Frame.tcp([1], number: 8 + UInt32(CaptureLimits.streamBytesMax))
        #expect(try hellos([syn(7), behind, piece(0, 1000, 7), behind]).map(\.records) == [helloRecords])
    }

    @Test func `streams are counted`() throws {
        let flood = (0...UInt32(CaptureLimits.streamsMax)).map { number in
            Frame.tcp([], number: number << 8, isSynchronizing: true)
        }
        let found = try ClientHelloImport(capture(flood))
        #expect(found.skipped.streams == 1)
        #expect(found.clientHellos.isEmpty)
    }

    @Test func `segments are counted`() throws {
        let flood = [[UInt8]](repeating: piece(0, 1, 7), count: CaptureLimits.segmentsMax)
        let found = try ClientHelloImport(capture([syn(7)] + flood + [piece(0, 1000, 7)]))
        #expect(found.clientHellos.isEmpty)
    }

    private func syn(_ beginning: UInt32) -> [UInt8] {
        Frame.tcp([], number: beginning, isSynchronizing: true)
    }

    /// Some bytes of the ClientHello, in a stream whose SYN has this number.
    private func piece(_ start: Int, _ count: Int, _ beginning: UInt32) -> [UInt8] {
        Frame.tcp(Array(helloRecords.dropFirst(start).prefix(count)), number: beginning &+ 1 &+ UInt32(start))
    }

    private func capture(_ segments: [[UInt8]]) -> [UInt8] {
        Frame.pcap(segments.map { Frame.ipv4($0) })
    }

    private func hellos(_ segments: [[UInt8]]) throws -> [CapturedClientHello] {
        try ClientHelloImport.clientHellos(in: capture(segments))
    }
}
