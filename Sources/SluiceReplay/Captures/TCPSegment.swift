package import Sluice

/// One end of a TCP connection.
package struct TCPEndpoint: Hashable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// `192.0.2.1:443` or `[2001:db8::1]:443`.
    package var description: String {
        address.bytes.count == 4 ? "\(address):\(port)" : "[\(address)]:\(port)"
    }
}

/// A TCP segment, RFC 9293 §3.1. Its checksum isn't looked at: network cards compute it after the capture.
struct TCPSegment {
    let source: TCPEndpoint
    let destination: TCPEndpoint

    /// Of the payload's first byte, or of the SYN.
    let sequenceNumber: UInt32

    /// Whether it opens its direction.
    let isSynchronizing: Bool

    let payload: ArraySlice<UInt8>

    /// Nil if the packet holds no TCP.
    init?(_ packet: IPPacket) {
        var reader = WireReader(packet.payload)
        guard packet.protocolNumber == 6, !packet.isFragment, let from = reader.takeUInt16(),
            let to = reader.takeUInt16(), let sequenceNumber = reader.takeUInt32(), reader.takeUInt32() != nil,
            let words = reader.takeUInt8(), let flags = reader.takeUInt8(), reader.take(6) != nil,
            reader.take(Int(words >> 4) * 4 - 20) != nil
        else { return nil }
        source = TCPEndpoint(address: packet.source, port: from)
        destination = TCPEndpoint(address: packet.destination, port: to)
        self.sequenceNumber = sequenceNumber
        isSynchronizing = flags & 2 != 0
        payload = reader.rest
    }
}
