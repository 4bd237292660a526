/// The links whose packets can be read, by their numbers in the registry "LINKTYPE_ values" of tcpdump.org.
enum LinkType: UInt16 {
    /// BSD loopback: four bytes that say which protocol, in the order of the machine that captured.
    case null = 0
    case ethernet = 1
    /// IPv4 or IPv6 without a link's header.
    case raw = 101
    /// OpenBSD loopback: as `null`, in network order.
    case loop = 108
    /// What Linux gives for the interface `any`.
    case linuxCooked = 113
    case ipv4 = 228
    case ipv6 = 229
    case linuxCooked2 = 276
}

extension LinkType {
    /// The IP packet within a frame; nil if something else is in it.
    func networkPacket(in frame: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var reader = WireReader(frame)
        switch self {
        case .raw, .ipv4, .ipv6: return frame
        // The protocol's number differs between systems; the IP version that follows doesn't.
        case .null, .loop: return reader.take(4) == nil ? nil : reader.rest
        case .ethernet: return reader.take(12) == nil ? nil : Self.skipTags(&reader)
        case .linuxCooked: return reader.take(14) == nil ? nil : Self.skipTags(&reader)
        case .linuxCooked2:
            guard let type = reader.takeUInt16(), reader.take(18) != nil else { return nil }
            return etherTypesOfIP.contains(type) ? reader.rest : nil
        }
    }

    /// What follows the type of a frame and any tags before it.
    private static func skipTags(_ reader: inout WireReader) -> ArraySlice<UInt8>? {
        for _ in 0...CaptureLimits.tagsMax {
            guard let type = reader.takeUInt16() else { return nil }
            if etherTypesOfIP.contains(type) { return reader.rest }
            guard etherTypesOfTags.contains(type), reader.take(2) != nil else { return nil }
        }
        return nil
    }
}

/// IPv4 and IPv6.
private let etherTypesOfIP: [UInt16] = [0x0800, 0x86dd]

/// IEEE 802.1Q and 802.1ad, and a number that was used before 802.1ad.
private let etherTypesOfTags: [UInt16] = [0x8100, 0x88a8, 0x9100]
