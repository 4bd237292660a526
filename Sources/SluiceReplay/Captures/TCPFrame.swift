internal import Sluice

/// A TCP segment in an IPv4 packet, to be written, with correct checksums.
struct TCPFrame {
    let source: TCPEndpoint
    let destination: TCPEndpoint
    /// Tells the packets of a source apart where they are cut up; counts up here.
    let identification: UInt16
    let sequenceNumber: UInt32
    let acknowledgementNumber: UInt32
    let flags: Flags
    /// A multiple of four bytes.
    var options: [UInt8] = []
    var payload: ArraySlice<UInt8> = []

    struct Flags: OptionSet {
        let rawValue: UInt8

        static let finish = Flags(rawValue: 0x01)
        static let synchronize = Flags(rawValue: 0x02)
        static let reset = Flags(rawValue: 0x04)
        static let push = Flags(rawValue: 0x08)
        static let acknowledge = Flags(rawValue: 0x10)
    }

    /// The most payload of one packet: 65,535 bytes without the two headers.
    static let payloadBytesMax = 65_535 - 40

    /// From the IP header on.
    var bytes: [UInt8] {
        let segment = segment
        return header(of: segment.count) + segment
    }

    /// RFC 791 §3.1: twenty bytes, never to be fragmented, TTL 64.
    private func header(of segmentBytes: Int) -> [UInt8] {
        var header: [UInt8] = [0x45, 0] + bigEndian(UInt16(20 + segmentBytes)) + bigEndian(identification)
        header += [0x40, 0, 64, 6, 0, 0] + source.address.bytes + destination.address.bytes
        header.replaceSubrange(10..<12, with: bigEndian(InternetChecksum.of(header)))
        return header
    }

    /// RFC 9293 §3.1.
    private var segment: [UInt8] {
        var segment = bigEndian(source.port) + bigEndian(destination.port)
        segment += bigEndian(sequenceNumber) + bigEndian(acknowledgementNumber)
        segment += [UInt8(truncatingIfNeeded: 20 + options.count) << 2, flags.rawValue, 0xff, 0xff, 0, 0, 0, 0]
        segment += options + payload
        let pseudoHeader = source.address.bytes + destination.address.bytes + [0, 6] + bigEndian(UInt16(segment.count))
        segment.replaceSubrange(16..<18, with: bigEndian(InternetChecksum.of(pseudoHeader + segment)))
        return segment
    }
}

/// The checksum of RFC 1071: the complement of the sum of 16-bit words in ones' complement.
enum InternetChecksum {
    static func of(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt64 = 0
        for index in stride(from: 0, to: bytes.count, by: 2) {
            sum += UInt64(bytes[index]) << 8 + (index + 1 < bytes.count ? UInt64(bytes[index + 1]) : 0)
        }
        while sum > 0xffff { sum = sum >> 16 + sum & 0xffff }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}

/// The bytes of a number, the highest first.
func bigEndian(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
}
