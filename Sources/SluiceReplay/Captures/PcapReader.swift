/// Reads pcap, libpcap's file format (pcap-savefile(5)):
///
/// ```
/// magic 4 | version 2+2 | zone 4 | accuracy 4 | longest packet 4 | link type 4       once
/// seconds 4 | micro- or nanoseconds 4 | bytes captured 4 | bytes on the wire 4 | …   for each packet
/// ```
struct PcapReader {
    /// Whether the file ended within a packet.
    private(set) var isCut = false

    private var reader: WireReader
    private let unitsPerSecond: Int64
    private let linkType: UInt16

    /// Nil if the file doesn't begin as pcap.
    init?(_ file: ArraySlice<UInt8>) {
        let magics: [(magic: UInt32, unitsPerSecond: Int64)] = [
            (0xa1b2_c3d4, 1_000_000), (0xa1b2_3c4d, 1_000_000_000),
        ]
        for order in [WireReader.ByteOrder.little, .big] {
            var reader = WireReader(file, order: order)
            guard let magic = reader.takeUInt32(), reader.take(16) != nil, let link = reader.takeUInt32() else { break }
            guard let match = magics.first(where: { $0.magic == magic }) else { continue }
            self.reader = reader
            unitsPerSecond = match.unitsPerSecond
            linkType = UInt16(truncatingIfNeeded: link)  // above are bits about checksums of frames
            return
        }
        return nil
    }

    mutating func nextPacket() throws(CaptureError) -> CapturedPacket? {
        guard !reader.rest.isEmpty, !isCut else { return nil }
        let start = reader.rest.startIndex
        var next = reader
        guard let seconds = next.takeUInt32(), let units = next.takeUInt32(), let count = next.takeCount(),
            next.takeUInt32() != nil
        else { return cut() }
        guard count <= CaptureLimits.packetBytesMax else {
            throw CaptureError(.malformed, at: start + 8, "a packet has at most \(CaptureLimits.packetBytesMax) bytes")
        }
        guard let bytes = next.take(count) else { return cut() }
        reader = next
        let nanoseconds = Int64(seconds) * 1_000_000_000 + Int64(units) * (1_000_000_000 / unitsPerSecond)
        let time = CaptureTime(nanosecondsSince1970: nanoseconds)
        return CapturedPacket(linkType: linkType, time: time, bytes: bytes)
    }

    private mutating func cut() -> CapturedPacket? {
        isCut = true
        return nil
    }
}
