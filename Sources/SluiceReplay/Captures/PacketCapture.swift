/// A packet capture, pcap or pcapng, packet by packet.
///
/// A file that ends within a packet, as one does whose writer was killed, ends there and says so by ``isCut``. A length
/// that can't be is an error: nothing behind it can be trusted.
package struct PacketCapture {
    private var format: Format

    private enum Format {
        case pcap(PcapReader)
        case pcapng(PcapngReader)
    }

    /// Reads the beginning of a file.
    ///
    /// - Throws: `CaptureError` if it is neither pcap nor pcapng.
    package init(_ file: [UInt8]) throws(CaptureError) {
        if let pcap = PcapReader(file[...]) {
            format = .pcap(pcap)
        } else if file.starts(with: PcapngReader.sectionHeaderType) {
            format = .pcapng(PcapngReader(file[...]))
        } else if file.starts(with: [0x1f, 0x8b]) {
            throw CaptureError(.notACapture, at: 0, "the file is compressed: run gunzip first")
        } else {
            throw CaptureError(.notACapture, at: 0, "the file begins neither as pcap nor as pcapng")
        }
    }

    /// The next packet; nil behind the last one.
    ///
    /// - Throws: `CaptureError` where the file is damaged. What later calls give means nothing then.
    package mutating func nextPacket() throws(CaptureError) -> CapturedPacket? {
        switch format {
        case .pcap(var reader):
            defer { format = .pcap(reader) }
            return try reader.nextPacket()
        case .pcapng(var reader):
            // Nothing else holds its interfaces meanwhile, so that adding one doesn't copy them all.
            format = .pcapng(PcapngReader([]))
            defer { format = .pcapng(reader) }
            return try reader.nextPacket()
        }
    }

    /// Whether the file ended within a packet. Known once `nextPacket` gave nil.
    package var isCut: Bool {
        switch format {
        case .pcap(let reader): reader.isCut
        case .pcapng(let reader): reader.isCut
        }
    }
}

/// A packet as it was captured.
package struct CapturedPacket: Hashable, Sendable {
    /// The number of its link's type, from the registry "LINKTYPE_ values" of tcpdump.org.
    package let linkType: UInt16

    /// When it was seen, if the capture says so.
    package let time: CaptureTime?

    /// From the link's header on. A capture may have cut it short.
    package let bytes: ArraySlice<UInt8>
}
