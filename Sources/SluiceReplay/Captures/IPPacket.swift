internal import Sluice

/// An IPv4 (RFC 791) or IPv6 (RFC 8200) packet.
struct IPPacket {
    let source: IPAddress
    let destination: IPAddress

    /// Of what is within: 6 is TCP.
    let protocolNumber: UInt8

    /// What is within. A fragment's is of no use.
    let payload: ArraySlice<UInt8>

    /// Whether it is only a piece of a packet.
    let isFragment: Bool

    /// Nil if the bytes are no IP packet. One that the capture cut short is read as far as it goes.
    init?(_ bytes: ArraySlice<UInt8>) {
        switch bytes.first.map({ $0 >> 4 }) {
        case 4: self.init(version4: bytes)
        case 6: self.init(version6: bytes)
        default: return nil
        }
    }

    private init?(version4 bytes: ArraySlice<UInt8>) {
        var reader = WireReader(bytes)
        guard let first = reader.takeUInt8(), reader.takeUInt8() != nil, let total = reader.takeUInt16(),
            reader.takeUInt16() != nil, let fragment = reader.takeUInt16(), reader.takeUInt8() != nil,
            let number = reader.takeUInt8(), reader.takeUInt16() != nil, let source = reader.takeAddress(bytes: 4),
            let destination = reader.takeAddress(bytes: 4), reader.take(Int(first & 15) * 4 - 20) != nil
        else { return nil }
        self.source = source
        self.destination = destination
        protocolNumber = number
        isFragment = fragment & 0x3fff != 0  // more fragments, or an offset
        // No length: the network card cut the packet up after it was captured.
        let count = total == 0 ? reader.rest.count : Int(total) - Int(first & 15) * 4
        guard count >= 0 else { return nil }
        payload = reader.rest.prefix(count)
    }

    private init?(version6 bytes: ArraySlice<UInt8>) {
        var reader = WireReader(bytes)
        guard reader.take(4) != nil, let length = reader.takeUInt16(), let next = reader.takeUInt8(),
            reader.takeUInt8() != nil, let source = reader.takeAddress(bytes: 16),
            let destination = reader.takeAddress(bytes: 16)
        else { return nil }
        self.source = source
        self.destination = destination
        // No length: a jumbogram (RFC 2675), or cut up by the network card.
        var rest = WireReader(length == 0 ? reader.rest : reader.rest.prefix(Int(length)))
        guard let extensions = Self.skipExtensions(&rest, next: next) else { return nil }
        (protocolNumber, isFragment) = extensions
        payload = rest.rest
    }

    /// Extension headers: next header 1, length 1 in units of 8 bytes beyond the first 8, the rest.
    private static func skipExtensions(
        _ reader: inout WireReader,
        next first: UInt8
    ) -> (protocolNumber: UInt8, isFragment: Bool)? {
        var type = first
        for _ in 0...CaptureLimits.extensionHeadersMax {
            guard let header = ExtensionHeader(rawValue: type) else { return (type, false) }
            guard let next = reader.takeUInt8(), let length = reader.takeUInt8(), let offset = reader.takeUInt16()
            else {
                return nil
            }
            if header == .fragment, offset & 0xfff9 != 0 { return (next, true) }
            guard reader.take(header.byteCount(length) - 4) != nil else { return nil }
            type = next
        }
        return nil
    }
}

/// The extension headers of IPv6 that may stand before TCP.
private enum ExtensionHeader: UInt8 {
    case hopByHop = 0
    case routing = 43
    case fragment = 44
    case authentication = 51
    case destination = 60

    func byteCount(_ length: UInt8) -> Int {
        switch self {
        case .fragment: 8
        case .authentication: (Int(length) + 2) * 4  // RFC 4302 §2.2
        case .hopByHop, .routing, .destination: (Int(length) + 1) * 8
        }
    }
}

extension WireReader {
    fileprivate mutating func takeAddress(bytes count: Int) -> IPAddress? {
        take(count).flatMap { IPAddress(bytes: Array($0)) }
    }
}
