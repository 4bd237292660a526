import Sluice
import SluiceReplay
import Testing

/// What a stream's first bytes must be to count as a ClientHello.
struct ClientHelloScanTests {
    @Test(arguments: [1, 2, 3, 4, 5, 100, 16_384])
    func `a ClientHello may be spread over records`(bytes: Int) throws {
        let records = helloRecords(ofBytes: bytes)
        let found = try read(records + [0x17, 3, 3, 0, 1, 0])
        #expect(found.clientHellos.map(\.records) == [records])
        #expect(found.clientHellos.map(\.message.message) == [Array(helloRecords.dropFirst(5))])
    }

    @Test func `what answers a HelloRetryRequest is another one`() throws {
        let changeCipherSpec: [UInt8] = [0x14, 3, 3, 0, 1, 1]
        for between in [[], changeCipherSpec] {
            let found = try read(helloRecords + between + helloRecords(ofBytes: 50) + helloRecords)
            #expect(found.clientHellos.map(\.records) == [helloRecords, helloRecords(ofBytes: 50)])
            #expect(found.clientHellos.map(\.isRetry) == [false, true])
            #expect(found.skipped.incompleteClientHellos == 0)
        }
    }

    @Test(
        arguments: [
            [], [0x16], [0x16, 3, 1, 0, 5], Array("GET / HTTP/1.1\r\n".utf8), [0x16, 3, 3, 0, 4, 2, 0, 0, 0],
            [0x16, 2, 0, 0, 4, 1, 0, 0, 0], [0x16, 3, 1, 0, 0, 1, 0, 0], [0x16, 3, 1, 0x40, 1, 1, 0, 0],
            [0x80, 46, 1, 3, 1, 0, 0],
        ] as [[UInt8]]
    )
    func `other streams are let be`(stream: [UInt8]) throws {
        #expect(try read(stream).clientHellos.isEmpty)
        #expect(try read(stream).skipped == ClientHelloImport.Skipped())
    }

    @Test(arguments: [
        Array(helloRecords.dropLast()), [0x16, 3, 1, 0, 4, 1, 0, 0, 0], [0x16, 3, 1, 0, 1, 1],
        [0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff],
        Array(helloRecords(ofBytes: 100).prefix(105)) + [0x15, 3, 3, 0, 2, 2, 0],
        Array(helloRecords(ofBytes: 100).prefix(105)) + [0x16, 3, 3, 0, 0],
    ])
    func `one that isn't whole or can't be read is counted`(stream: [UInt8]) throws {
        let found = try read(stream)
        #expect(found.clientHellos.isEmpty)
        #expect(found.skipped.incompleteClientHellos == 1)
    }

    @Test func `a ClientHello has an end`() throws {
        let body = [UInt8](repeating: 0, count: CaptureLimits.clientHelloBytesMax)
        let length = Frame.bytes(UInt32(body.count - 3), .big).dropFirst()
        let message = [1] + length + body
        let records = stride(from: 0, to: message.count, by: 16_384).flatMap { start in
            let fragment = message[start..<min(start + 16_384, message.count)]
            return [0x16, 3, 1] + Frame.bytes(UInt16(fragment.count), .big) + fragment
        }
        #expect(try read(records).skipped.incompleteClientHellos == 1)
    }

    private func read(_ stream: [UInt8]) throws -> ClientHelloImport {
        let segments = stride(from: 0, to: stream.count, by: 30_000).map { start in
            Frame.tcp(Array(stream.dropFirst(start).prefix(30_000)), number: UInt32(1 + start))
        }
        return try ClientHelloImport(Frame.pcap(segments.map { Frame.ipv4($0) }))
    }
}
