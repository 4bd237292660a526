import Sluice
import SluiceReplay
import Testing

/// A ClientHello in one packet, beneath whatever can be beneath it.
struct LinkTests {
    private static let segment = Frame.tcp(helloRecords, number: 1)
    private static let packet = Frame.ipv4(segment)
    private static let macs = [UInt8](repeating: 2, count: 12)

    @Test(
        arguments: [
            (101, packet), (228, packet), (1, macs + [8, 0] + packet), (0, [2, 0, 0, 0] + packet),
            (108, [0, 0, 0, 2] + packet), (113, [UInt8](repeating: 0, count: 14) + [8, 0] + packet),
            (276, [8, 0] + [UInt8](repeating: 0, count: 18) + packet),
            (1, macs + [0x81, 0, 0, 7, 8, 0] + packet),
            (1, macs + [0x88, 0xa8, 0, 1, 0x91, 0, 0, 2, 0x81, 0, 0, 3, 0x81, 0, 0, 4, 8, 0] + packet),
            (113, [UInt8](repeating: 0, count: 14) + [0x81, 0, 0, 7, 8, 0] + packet),
            (1, macs + [8, 0] + packet + [1, 2, 3, 4]),  // a checksum of the frame behind it
        ] as [(UInt16, [UInt8])]
    )
    func `each link is read`(link: UInt16, frame: [UInt8]) throws {
        let found = try ClientHelloImport(Frame.pcap([frame], link: link))
        try #require(found.clientHellos.count == 1)
        let hello = found.clientHellos[0]
        #expect(hello.source == "192.0.2.1:1000")
        #expect(hello.destination == "192.0.2.2:443")
        #expect(hello.time == UnixTime(secondsSince1970: Int64(Frame.beginningOf2025)))
        #expect(hello.records == helloRecords)
        #expect(hello.message.serverName == "server.test")
        #expect(!hello.isRetry)
        #expect(found.skipped == ClientHelloImport.Skipped())
    }

    @Test(arguments: [
        Frame.ipv4(segment, options: [1, 1, 1, 0]), Frame.ipv4(segment, fragment: 0),
        Frame.ipv4(segment + [9, 9], length: UInt16(20 + segment.count)),  // a short frame's padding
        Frame.ipv4(segment, length: 0),
        Frame.ipv4(Frame.tcp(helloRecords, number: 1, options: [1, 1, 1, 1, 8, 2, 0, 0])),
    ])
    func `each shape of an IPv4 packet is read`(packet: [UInt8]) throws {
        #expect(try ClientHelloImport.clientHellos(in: Frame.pcap([packet])).map(\.records) == [helloRecords])
    }

    @Test(arguments: [
        Frame.ipv6(segment), Frame.ipv6(segment, length: 0), Frame.ipv6(segment + [9], length: UInt16(segment.count)),
        Frame.ipv6(
            segment,
            extensions: [(0, [0, 0, 0, 0, 0, 0, 0, 0]), (43, [0, 1] + zeros(14)), (60, [0, 0] + zeros(6))]
        ),
        Frame.ipv6(segment, extensions: [(51, [0, 4] + zeros(22))]),
        Frame.ipv6(segment, extensions: [(44, zeros(8))]),  // all of it in one fragment, RFC 6946
    ])
    func `each shape of an IPv6 packet is read`(packet: [UInt8]) throws {
        let found = try ClientHelloImport.clientHellos(in: Frame.pcap([packet], link: 229))
        #expect(found.map(\.source) == ["[2001:db8::1]:1000"])
        #expect(found.map(\.destination) == ["[2001:db8::2]:443"])
        #expect(found.map(\.records) == [helloRecords])
    }

    @Test(arguments: [
        Frame.ipv4(segment, fragment: 0x2000), Frame.ipv4(segment, fragment: 1),
        Frame.ipv6(segment, extensions: [(44, [0, 0, 0, 1, 0, 0, 0, 0])]),
        Frame.ipv6(segment, extensions: [(44, [0, 0, 0, 8, 0, 0, 0, 0])]),
    ])
    func `fragments are counted`(packet: [UInt8]) throws {
        let found = try ClientHelloImport(Frame.pcap([packet]))
        #expect(found.clientHellos.isEmpty)
        #expect(found.skipped.fragments == 1)
    }

    @Test(
        arguments: [
            (101, []), (101, [0x10]), (101, [0x45]), (101, [0x60]), (101, [0x40] + packet.dropFirst()),
            (101, Frame.ipv4(segment, length: 19)), (101, Frame.ipv4(segment, protocolNumber: 17)),
            (101, Frame.ipv4(Array(segment.prefix(19)))),
            (101, Frame.ipv4([UInt8](segment.prefix(12)) + [0x40, 0x18])),
            (101, Frame.ipv4([UInt8](segment.prefix(12)) + [0xf0, 0x18, 0, 0, 0, 0, 0, 0])),
            (101, Frame.ipv6(segment, extensions: [(UInt8, [UInt8])](repeating: (60, zeros(8)), count: 9))),
            (101, Frame.ipv6(segment, extensions: [(60, [0, 255, 0, 0])])),
            (101, Frame.ipv6(segment, extensions: [(59, zeros(8))])), (1, macs), (1, macs + [8, 6] + packet),
            (1, macs + [0x81, 0]), (1, macs + [0x81, 0, 0, 7]), (1, macs + (0..<6).flatMap { _ in [0x81, 0, 0, 7] }),
            (0, [2, 0]), (113, zeros(15)), (276, [8, 0]), (276, [8, 6] + zeros(18) + packet),
        ] as [(UInt16, [UInt8])]
    )
    func `a packet that holds no TCP is passed over`(link: UInt16, frame: [UInt8]) throws {
        let found = try ClientHelloImport(Frame.pcap([frame], link: link))
        #expect(found.clientHellos.isEmpty)
        #expect(found.skipped == ClientHelloImport.Skipped())
    }

    @Test func `links that nobody knows are counted, and refused if there is nothing else`() throws {
        expect(.unsupportedLink, at: 40) { try ClientHelloImport(Frame.pcap([[1], [2]], link: 249)) }
        let both =
            Frame.section() + Frame.interface(link: 249) + Frame.interface() + Frame.packet([1])
            + Frame.packet(Self.packet, interface: 1)
        let found = try ClientHelloImport(both)
        #expect(found.clientHellos.count == 1)
        #expect(found.skipped.unknownLinks == 1)
        #expect(try ClientHelloImport(Frame.pcap([], link: 249)).clientHellos.isEmpty)
    }
}

private func zeros(_ count: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: count)
}
