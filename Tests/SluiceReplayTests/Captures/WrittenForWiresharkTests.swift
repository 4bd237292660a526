import Fixtures
import Sluice
import SluiceReplay
import Testing

/// What is written for Wireshark, as Wireshark sees it.
@Suite(.enabled(if: Tool.areInstalled, "needs Wireshark's tools: package tshark"))
struct WrittenForWiresharkTests {
    @Test(arguments: [TLSVersion.tls12, .tls13], [100, 1460, 65_495])
    func `tshark finds no fault, and decrypts`(version: TLSVersion, segmentBytesMax: Int) throws {
        let written = try WrittenConversation(version, bodyBytes: 200_000, segmentBytesMax: segmentBytesMax)
        let file = try ShownCapture(written.pcapng)
        #expect(try file.fields(["frame.number"], where: ShownCapture.faults).isEmpty)
        #expect(try file.fields(["http.request.uri"], where: "http.request") == ["/a/page"])
        #expect(try file.fields(["tcp.stream"], where: "tcp").allSatisfy { $0 == "0" })
        #expect(try file.plaintext() == WrittenConversation.request + written.answer)
    }

    @Test func `tshark would find faults`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: WrittenConversation.start)
        writer.send(helloRecords, from: .client, at: WrittenConversation.start, comment: nil)
        var damaged = writer.pcapng
        damaged[damaged.count - 100] ^= 1
        let file = try ShownCapture(damaged)
        #expect(try file.fields(["frame.number"], where: ShownCapture.faults) == ["4"])
    }

    @Test func `each packet carries its comment, and each segment its number`() throws {
        let written = try WrittenConversation(.tls13, bodyBytes: 10, segmentBytesMax: 1460)
        let expected = written.chunks.enumerated().flatMap { index, chunk in
            let count = (chunk.bytes.count + 1459) / 1460
            let text = "chunk \(index), \"ü\""
            return count == 1 ? [text] : (1...count).map { "\(text) (\($0) of \(count))" }
        }
        let file = try ShownCapture(written.pcapng)
        #expect(try file.fields(["frame.comment"], where: "frame.comment") == expected + ["the end"])
    }

    @Test func `the connection opens, is acknowledged and ends as TCP does`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: WrittenConversation.start, segmentBytesMax: 10)
        writer.send([UInt8](repeating: 1, count: 170), from: .client, at: WrittenConversation.start, comment: nil)
        writer.end(.client, at: WrittenConversation.start, comment: nil)
        writer.send([2], from: .server, at: WrittenConversation.start, comment: nil)
        writer.end(.server, at: WrittenConversation.start, comment: nil)
        let file = try ShownCapture(writer.pcapng)
        let flags = try file.fields(["tcp.srcport", "tcp.flags", "tcp.seq", "tcp.ack", "tcp.len"], where: "tcp")
        let data = (0..<17).map { "49152\t0x00\($0 == 16 ? "18" : "10")\t\(1 + 10 * $0)\t1\t10" }
        let opening = ["49152\t0x0002\t0\t0\t0", "443\t0x0012\t0\t1\t0", "49152\t0x0010\t1\t1\t0"]
        let ending = [
            "49152\t0x0011\t171\t1\t0", "443\t0x0010\t1\t172\t0", "443\t0x0018\t1\t172\t1",
            "443\t0x0011\t2\t172\t0", "49152\t0x0010\t172\t3\t0",
        ]
        #expect(flags == opening + data[..<16] + ["443\t0x0010\t1\t161\t0"] + data[16...] + ending)
        #expect(try file.fields(["frame.number"], where: ShownCapture.faults).isEmpty)
    }

    @Test func `a reset is one`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: WrittenConversation.start)
        writer.send(helloRecords, from: .client, at: WrittenConversation.start, comment: nil)
        writer.reset(from: .server, at: WrittenConversation.start, comment: "gone")
        let file = try ShownCapture(writer.pcapng)
        #expect(try file.fields(["frame.number", "frame.comment"], where: "tcp.flags.reset == 1") == ["5\tgone"])
        #expect(try file.fields(["frame.number"], where: "tcp.analysis.flags").isEmpty)
    }

    @Test func `the file says what wrote it, over what, and when`() throws {
        let written = try WrittenConversation(.tls13, bodyBytes: 10)
        let file = try ShownCapture(written.pcapng)
        let facts = try file.facts()
        #expect(facts.contains(/Capture application: +Sluice/))
        #expect(facts.contains("Encapsulation = Raw IP"))
        #expect(facts.contains("Time precision = nanoseconds"))
        #expect(facts.contains("Number of decryption secrets in file: 1"))
        #expect(try file.fields(["frame.time_epoch"], where: "frame.number == 2") == ["\(Fixtures.now).000001000"])
    }

    @Test func `a large download fits the window`() throws {
        var writer = TCPConversationWriter(keyLog: [], at: WrittenConversation.start)
        for _ in 0..<500 {
            writer.send(
                [UInt8](repeating: 1, count: 65_495),
                from: .server,
                at: WrittenConversation.start,
                comment: nil
            )
        }
        let file = try ShownCapture(writer.pcapng)
        #expect(try file.fields(["frame.number"], where: ShownCapture.faults).isEmpty)
    }
}
