import Fixtures
import Sluice
import SluiceReplay
import Testing

struct TCPConversationWriterTests {
    private static let start = WrittenConversation.start

    @Test func `what was written is read again`() throws {
        let hello = helloRecords(ofBytes: 100)
        for segmentBytesMax in [-1, 1, 7, 1460, 65_495, .max] {
            var writer = TCPConversationWriter(keyLog: [], at: Self.start, segmentBytesMax: segmentBytesMax)
            writer.send(hello, from: .client, at: Self.start, comment: nil)
            let found = try ClientHelloImport.clientHellos(in: writer.pcapng)
            #expect(found.map(\.records) == [hello])
            #expect(found.map(\.source) == ["192.0.2.1:49152"])
            #expect(found.map(\.destination) == ["192.0.2.2:443"])
            #expect(found.map(\.time) == [UnixTime(secondsSince1970: Fixtures.now)])
        }
    }

    @Test func `each packet is later than the one before`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: Self.start)
        for _ in 0..<3 { writer.send([1], from: .client, at: Self.start, comment: nil) }
        writer.send([1], from: .server, at: Self.start.advanced(by: .seconds(5)), comment: nil)
        writer.send([1], from: .server, at: Self.start, comment: nil)
        let times = try readAll(writer.pcapng).packets.map { try #require($0.time) }
        let microseconds = times.map { ($0.nanosecondsSince1970 - Self.start.nanosecondsSince1970) / 1000 }
        #expect(microseconds == [0, 1, 2, 3, 4, 5, 5_000_000, 5_000_001])
    }

    @Test func `time ends without a trap`() throws {
        for time in [CaptureTime(nanosecondsSince1970: .min), CaptureTime(nanosecondsSince1970: .max)] {
            var writer = TCPConversationWriter(keyLog: [], at: time)
            writer.send([1], from: .client, at: time, comment: nil)
            #expect(try readAll(writer.pcapng).packets.count == 4)
        }
    }

    @Test func `nothing is written for nothing, nor behind an end`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: Self.start)
        writer.send([], from: .client, at: Self.start, comment: "none")
        #expect(try readAll(writer.pcapng).packets.count == 3)
        writer.end(.client, at: Self.start, comment: nil)
        let ended = writer.pcapng
        writer.end(.client, at: Self.start, comment: nil)
        writer.send([1], from: .client, at: Self.start, comment: nil)
        #expect(writer.pcapng == ended)
        writer.send([1], from: .server, at: Self.start, comment: nil)
        #expect(try readAll(writer.pcapng).packets.count == 6)
        writer.reset(from: .client, at: Self.start, comment: nil)
        let reset = writer.pcapng
        writer.send([1], from: .server, at: Self.start, comment: nil)
        writer.end(.server, at: Self.start, comment: nil)
        writer.reset(from: .server, at: Self.start, comment: nil)
        #expect(writer.pcapng == reset)
    }

    @Test func `the file is whole after each call`() throws {
        var writer = TCPConversationWriter(keyLog: ["CLIENT_RANDOM 00 00"], at: Self.start, segmentBytesMax: 3)
        for count in 0..<9 {
            writer.send([UInt8](repeating: 7, count: count), from: .server, at: Self.start, comment: "")
            let isCut = try readAll(writer.pcapng).isCut
            #expect(!isCut)
        }
    }

    @Test func `a comment too long is cut between two characters`() throws {
        var file = PcapngWriter()
        file.appendPacket([0x45], at: Self.start, comment: "x" + String(repeating: "é", count: 100_000))
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("x" + String(repeating: "é", count: (PcapngWriter.commentBytesMax - 1) / 2) + "\0"))
        #expect(try readAll(file.bytes).packets.count == 1)
    }

    @Test func `a key log of any size is written in blocks, without lines that are none`() throws {
        var file = PcapngWriter()
        let empty = file.bytes.count
        file.appendSecrets(keyLog: [])
        #expect(file.bytes.count == empty)
        file.appendSecrets(keyLog: [String](repeating: "a line", count: 10_000))
        file.appendSecrets(keyLog: [String(repeating: "x", count: 2000)])
        #expect(file.bytes.count == empty + 10_000 * 7 + 3 * 20 + (-(4096 * 7) & 3) * 2 + (-(1808 * 7) & 3))
        #expect(try readAll(file.bytes).packets.isEmpty)
    }
}
