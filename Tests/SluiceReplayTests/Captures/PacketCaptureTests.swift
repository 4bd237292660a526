import Sluice
import SluiceReplay
import Testing

struct PacketCaptureTests {
    @Test(arguments: Frame.Order.allCases)
    func `pcap is read in either byte order`(order: Frame.Order) throws {
        let packets: [[UInt8]] = [[1, 2, 3], [], [4]]
        let (read, isCut) = try readAll(Frame.pcap(packets, link: 276, order: order))
        #expect(read.map { Array($0.bytes) } == packets)
        #expect(read.allSatisfy { $0.linkType == 276 })
        #expect(
            read.map(\.time) == (0..<3).map { CaptureTime(nanosecondsSince1970: (start + $0) * 1_000_000_000 + 5000) }
        )
        #expect(!isCut)
    }

    @Test(arguments: Frame.Order.allCases)
    func `pcap counts nanoseconds where its magic number says so`(order: Frame.Order) throws {
        let (read, _) = try readAll(Frame.pcap([[1]], order: order, magic: 0xa1b2_3c4d))
        #expect(read[0].time == CaptureTime(nanosecondsSince1970: start * 1_000_000_000 + 5))
    }

    @Test func `bits beside pcap's link type are let be`() throws {
        var file = Frame.pcap([[1]], link: 1)
        file[23] = 0x24  // a frame check sequence of 4 bytes
        #expect(try readAll(file).packets[0].linkType == 1)
    }

    @Test(arguments: Frame.Order.allCases)
    func `pcapng is read in either byte order`(order: Frame.Order) throws {
        let file =
            Frame.section(order: order) + Frame.interface(link: 1, order: order)
            + Frame.packet([1, 2, 3], units: 1 << 40, order: order) + Frame.packet([], order: order)
        let (read, isCut) = try readAll(file)
        #expect(read.map { Array($0.bytes) } == [[1, 2, 3], []])
        #expect(read.map(\.linkType) == [1, 1])
        #expect(read[0].time == CaptureTime(nanosecondsSince1970: 1000 << 40))
        #expect(!isCut)
    }

    @Test func `each section has its own byte order and interfaces`() throws {
        let file =
            Frame.section() + Frame.interface(link: 1) + Frame.interface(link: 113)
            + Frame.packet([1], interface: 1) + Frame.section(order: .big)
            + Frame.interface(link: 101, order: .big) + Frame.packet([2], order: .big)
        #expect(try readAll(file).packets.map(\.linkType) == [113, 101])
        let orphan = Frame.section() + Frame.interface() + Frame.section()
        expect(.malformed, at: orphan.count + 8) { try readAll(orphan + Frame.packet([1])) }
    }

    @Test func `blocks and options that nobody knows are skipped`() throws {
        let options: [UInt8] = [2, 0, 3, 0, 97, 98, 99, 0, 9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0]
        let file =
            Frame.section() + Frame.block(0x8000_0001, [1, 2, 3]) + Frame.interface(options: options)
            + Frame.block(10, []) + Frame.packet([1], units: 7) + Frame.block(5, [9, 9, 9, 9])
        let (read, _) = try readAll(file)
        #expect(read.map { Array($0.bytes) } == [[1]])
        #expect(read[0].time == CaptureTime(nanosecondsSince1970: 7))
    }

    @Test(
        arguments: [
            (6, 3_000_000, 3_000_000_000), (9, 3, 3), (0, 3, 3_000_000_000), (12, 5999, 5), (38, .max, 0),
            (0x80, 3, 3_000_000_000), (0x8a, 1024, 1_000_000_000), (0xff, .max, 0), (0, .max, nil), (39, 1, nil),
            (127, 1, nil),
        ] as [(UInt8, UInt64, Int64?)]
    )
    func `a second has as many units as the interface says`(resolution: UInt8, units: UInt64, time: Int64?) throws {
        let file =
            Frame.section() + Frame.interface(options: [9, 0, 1, 0, resolution, 0, 0, 0])
            + Frame.packet([1], units: units)
        #expect(try readAll(file).packets[0].time == time.map(CaptureTime.init(nanosecondsSince1970:)))
    }

    @Test(arguments: [(-1, -999_999_993), (1, 1_000_000_007), (.max, nil), (.min, nil)] as [(Int64, Int64?)])
    func `an interface may count from another moment`(offset: Int64, time: Int64?) throws {
        let options: [UInt8] = [9, 0, 1, 0, 9, 0, 0, 0, 14, 0, 8, 0] + Frame.bytes(offset, .little)
        let file = Frame.section() + Frame.interface(options: options) + Frame.packet([1], units: 7)
        #expect(try readAll(file).packets[0].time == time.map(CaptureTime.init(nanosecondsSince1970:)))
    }

    @Test func `a simple packet has no time and ends where the interface cut it`() throws {
        let simple = Frame.block(3, [5, 0, 0, 0, 1, 2, 3, 4, 5])
        let whole = try readAll(Frame.section() + Frame.interface() + simple).packets
        #expect(whole.map { Array($0.bytes) } == [[1, 2, 3, 4, 5]])
        #expect(whole[0].time == nil)
        let cut = try readAll(Frame.section() + Frame.interface(longest: 3) + simple).packets
        #expect(cut.map { Array($0.bytes) } == [[1, 2, 3]])
        expect(.malformed, at: 36) { try readAll(Frame.section() + simple) }
    }

    @Test(
        arguments: [
            ([], "neither"), ([0x0a], "neither"), (Array("SSH-2.0".utf8), "neither"), ([0x1f, 0x8b, 8], "gunzip"),
            (Array(Frame.pcap([]).dropLast()), "neither"),
        ] as [([UInt8], String)]
    )
    func `what is no capture is refused`(file: [UInt8], words: String) throws {
        expect(.notACapture, at: 0) { try PacketCapture(file) }
        let error = #expect(throws: CaptureError.self) { try PacketCapture(file) }
        #expect(error?.words.contains(words) == true)
    }

    @Test(arguments: [0, 4, 8, 11, 13, 0xffff_fffd] as [UInt32])
    func `a block of a length that can't be is refused`(length: UInt32) {
        expect(.malformed, at: 32) { try readAll(Frame.section() + blockHeader(length)) }
    }

    @Test(arguments: [40, 0x8000_0000, 0xffff_fffc] as [UInt32])
    func `a block longer than the file is one that was cut`(length: UInt32) throws {
        #expect(try readAll(Frame.section() + blockHeader(length)).isCut)
    }

    private func blockHeader(_ length: UInt32) -> [UInt8] {
        Frame.bytes(UInt32(1), .little) + Frame.bytes(length, .little) + [UInt8](repeating: 0, count: 24)
    }

    @Test func `lengths within that can't be are refused`() {
        let start = Frame.section() + Frame.interface()
        expect(.malformed, at: 56) { try readAll(start + Frame.packet([1, 2, 3, 4], captured: 5)) }
        expect(.malformed, at: 56) { try readAll(start + Frame.packet([1], captured: .max)) }
        expect(.malformed, at: 56) { try readAll(start + Frame.block(6, [0, 0, 0, 0])) }
        expect(.malformed, at: 56) { try readAll(start + Frame.block(3, [])) }
        expect(.malformed, at: 36) { try readAll(Frame.section() + Frame.block(1, [1, 0, 0, 0])) }
        expect(.malformed, at: 56) { try readAll(start + Frame.packet([1], interface: 1)) }
        var mismatch = start + Frame.packet([1])
        mismatch[mismatch.count - 4] ^= 4
        expect(.malformed, at: mismatch.count - 4) { try readAll(mismatch) }
        var disordered = Frame.section()
        disordered[8] = 0
        expect(.malformed, at: 8) { try readAll(disordered) }
        var giant = Frame.pcap([[1]])
        giant.replaceSubrange(32..<36, with: Frame.bytes(UInt32(262_145), .little))
        expect(.malformed, at: 32) { try readAll(giant) }
    }

    @Test func `interfaces have an end`() throws {
        let full = Frame.section() + (0..<CaptureLimits.interfacesMax).flatMap { _ in Frame.interface() }
        #expect(
            try readAll(full + Frame.packet([1], interface: UInt32(CaptureLimits.interfacesMax - 1))).packets.count == 1
        )
        expect(.tooMany, at: full.count + 8) { try readAll(full + Frame.interface()) }
    }

    @Test(arguments: [
        Frame.pcap([[1, 2, 3], [4, 5]]),
        Frame.section() + Frame.interface() + Frame.packet([1, 2, 3]) + Frame.packet([4, 5]),
    ])
    func `a file that is cut is read as far as it goes`(file: [UInt8]) throws {
        let beginning = file.starts(with: [0x0a]) ? 4 : 24
        var counts: [Int] = []
        for count in beginning..<file.count {
            let (packets, isCut) = try readAll(Array(file.prefix(count)))
            counts.append(packets.count)
            let isAtBoundary = [24, 28, 43, 48, 84].contains(count)
            #expect(isCut || isAtBoundary, "\(count)")
        }
        #expect(counts == counts.sorted())
        #expect(Set(counts) == [0, 1])
    }

    @Test func `an error says its place first`() {
        #expect("\(CaptureError(.malformed, at: 7, "no"))" == "byte 7: malformed: no")
    }
}

/// All packets of a capture, and whether it ended within one.
func readAll(_ file: [UInt8]) throws -> (packets: [CapturedPacket], isCut: Bool) {
    var capture = try PacketCapture(file)
    var packets: [CapturedPacket] = []
    while let packet = try capture.nextPacket() { packets.append(packet) }
    return (packets, capture.isCut)
}

private let start = Int64(Frame.beginningOf2025)
