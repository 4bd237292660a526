/// Packets and captures to be read, made by hand. Checksums are left out: nobody looks at them.
enum Frame {
    enum Order: CaseIterable {
        case little, big
    }

    /// A TCP segment from port 1000 to 443.
    static func tcp(
        _ payload: [UInt8],
        number: UInt32,
        isSynchronizing: Bool = false,
        options: [UInt8] = [],
        from source: UInt16 = 1000
    ) -> [UInt8] {
        let words = UInt8(5 + options.count / 4)
        let flags: UInt8 = isSynchronizing ? 0x02 : 0x18
        return big(source) + big(UInt16(443)) + big(number) + [0, 0, 0, 0, words << 4, flags]
            + [0xff, 0xff, 0, 0, 0, 0] + options + payload
    }

    /// An IPv4 packet from 192.0.2.1 to 192.0.2.2.
    static func ipv4(
        _ content: [UInt8],
        options: [UInt8] = [],
        fragment: UInt16 = 0x4000,
        length: UInt16? = nil,
        protocolNumber: UInt8 = 6
    ) -> [UInt8] {
        let headerBytes = 20 + options.count
        return [0x40 | UInt8(headerBytes / 4), 0] + big(length ?? UInt16(headerBytes + content.count)) + [0, 0]
            + big(fragment) + [64, protocolNumber, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2] + options + content
    }

    /// An IPv6 packet from 2001:db8::1 to 2001:db8::2. Extension headers come with their types; each begins with a byte
    /// that is filled in here.
    static func ipv6(
        _ content: [UInt8],
        extensions: [(type: UInt8, bytes: [UInt8])] = [],
        length: UInt16? = nil
    ) -> [UInt8] {
        let types = extensions.map(\.type) + [6]
        let headers = zip(extensions, types.dropFirst()).flatMap { [$1] + $0.bytes.dropFirst() }
        let network: [UInt8] = [0x20, 0x01, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11)
        return [0x60, 0, 0, 0] + big(length ?? UInt16(headers.count + content.count)) + [types[0], 64]
            + network + [1] + network + [2] + headers + content
    }

    /// A pcap file, a packet each second from 2025-01-01 on and 5 units later.
    static func pcap(
        _ packets: [[UInt8]],
        link: UInt16 = 101,
        order: Order = .little,
        magic: UInt32 = 0xa1b2_c3d4
    ) -> [UInt8] {
        var file = bytes(magic, order) + bytes(UInt16(2), order) + bytes(UInt16(4), order)
        for number in [0, 0, 262_144, UInt32(link)] { file += bytes(number, order) }
        for (index, packet) in packets.enumerated() {
            file += bytes(beginningOf2025 + UInt32(index), order) + bytes(UInt32(5), order)
            file += bytes(UInt32(packet.count), order) + bytes(UInt32(packet.count), order) + packet
        }
        return file
    }

    /// A block of a pcapng file, its body padded.
    static func block(_ type: UInt32, _ body: [UInt8], order: Order = .little) -> [UInt8] {
        let padded = body + [UInt8](repeating: 0, count: -body.count & 3)
        let length = bytes(UInt32(padded.count + 12), order)
        return bytes(type, order) + length + padded + length
    }

    /// The beginning of a pcapng section.
    static func section(order: Order = .little) -> [UInt8] {
        let numbers = bytes(UInt32(0x1a2b_3c4d), order) + bytes(UInt16(1), order) + bytes(UInt16(0), order)
        return block(0x0a0d_0d0a, numbers + bytes(UInt64.max, order), order: order)
    }

    /// An interface; options are padded already.
    static func interface(
        link: UInt16 = 101,
        longest: UInt32 = 0,
        options: [UInt8] = [],
        order: Order = .little
    ) -> [UInt8] {
        block(1, bytes(link, order) + [0, 0] + bytes(longest, order) + options, order: order)
    }

    /// A packet of a pcapng file.
    static func packet(
        _ packet: [UInt8],
        units: UInt64 = 0,
        interface: UInt32 = 0,
        captured: UInt32? = nil,
        order: Order = .little
    ) -> [UInt8] {
        var body = bytes(interface, order)
        body += bytes(UInt32(units >> 32), order) + bytes(UInt32(truncatingIfNeeded: units), order)
        body += bytes(captured ?? UInt32(packet.count), order) + bytes(UInt32(packet.count), order) + packet
        return block(6, body, order: order)
    }

    /// The bytes of a number.
    static func bytes(_ number: some FixedWidthInteger, _ order: Order) -> [UInt8] {
        let little = stride(from: 0, to: number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
        return order == .little ? little : little.reversed()
    }

    private static func big(_ number: some FixedWidthInteger) -> [UInt8] {
        bytes(number, .big)
    }

    /// In seconds since 1970.
    static let beginningOf2025: UInt32 = 1_735_689_600
}
