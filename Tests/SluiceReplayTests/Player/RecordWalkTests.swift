import Sluice
import Testing

@testable import SluiceReplay
import SluiceSimulation

@Suite struct `A walk over records` {
    private static let serverHello: [UInt8] = [2, 0, 0, 6, 3, 3, 1, 2, 3, 4]
    private static let changeCipherSpec: [UInt8] = [20, 3, 3, 0, 1, 1]

    private static func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
        [type, 3, 3, UInt8(body.count >> 8), UInt8(body.count & 255)] + body
    }

    @Test func `finds a message that is cut into records`() {
        let pieces = [Array(Self.serverHello[..<2]), Array(Self.serverHello[2..<7]), Array(Self.serverHello[7...])]
        let stream = pieces.flatMap { Self.record(22, $0) }
        let (record, message) = RecordWalk.place(of: stream.count - 1, in: stream, .received)
        #expect(record?.index == 2 && record?.offset == 7)
        #expect(
            message == MessagePlace(message: HandshakeMessage(direction: .received, type: 2, byteCount: 10), offset: 9)
        )
    }

    @Test func `finds the second of two messages in a record`() {
        let stream = Self.record(22, Self.serverHello + [14, 0, 0, 0])
        let place = RecordWalk.place(of: 15, in: stream, .sent)
        #expect(place.message?.description == "ServerHelloDone at 0")
        #expect(RecordWalk.place(of: 2, in: stream, .sent).message?.description == "ServerHello")
    }

    @Test func `knows what a ChangeCipherSpec hides`() {
        let hello = Self.record(22, Self.serverHello)
        // TLS 1.2: a Finished that is encrypted. TLS 1.3: a second hello in the clear.
        let encrypted = Self.record(22, [2, 0, 0, 1] + Self.serverHello)
        for (last, name) in [(encrypted, nil), (hello, "ServerHello at 5")] as [([UInt8], String?)] {
            let stream = hello + Self.changeCipherSpec + last
            let place = RecordWalk.place(of: hello.count + 6 + 10, in: stream, .sent)
            #expect(place.record?.index == 2 && place.record?.offset == 10)
            #expect(place.message?.description == name)
        }
        #expect(RecordWalk.place(of: hello.count + 5, in: hello + Self.changeCipherSpec, .sent).message == nil)
    }

    @Test func `ends where the stream ends, or is no TLS`() {
        let stream = Self.record(22, Self.serverHello)
        #expect(RecordWalk.place(of: stream.count, in: stream, .sent).record == nil)
        #expect(RecordWalk.place(of: 0, in: [], .sent).record == nil)
        #expect(RecordWalk.place(of: 0, in: [22, 3, 3, 0], .sent).record == nil)
        #expect(RecordWalk.place(of: 0, in: Array("HTTP/1.1".utf8), .sent).record == nil)
        let cut = RecordWalk.place(of: 5, in: [22, 3, 3, 255, 255, 11, 255], .sent)
        #expect(cut.record?.record.byteCount == 65_535 && cut.message == nil)
    }

    @Test(arguments: UInt64(0)..<200)
    func `takes any bytes`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let stream =
            (0..<300).map { _ in [0, 1, 2, 3, 20, 22, 22, 23, 255].randomElement(using: &random) ?? 0 } as [UInt8]
        for offset in 0...stream.count { _ = RecordWalk.place(of: offset, in: stream, .sent) }
    }
}
