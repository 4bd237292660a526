/// Every ClientHello in a packet capture.
///
/// Takes pcap and pcapng, see <doc:PacketCaptures>. A ClientHello may be spread over several segments and records. It
/// must stand at the beginning of its TCP stream; what comes behind a STARTTLS isn't found.
public struct ClientHelloImport: Hashable, Sendable {
    /// In the order in which their connections were first seen.
    public let clientHellos: [CapturedClientHello]

    /// What was passed over.
    public let skipped: Skipped

    /// What in a capture could have held a ClientHello and couldn't be read, counted.
    public struct Skipped: Hashable, Sendable {
        /// Packets from links that aren't known.
        public internal(set) var unknownLinks = 0

        /// Pieces of IP packets. Fragments aren't put together: TCP avoids them (RFC 1191).
        public internal(set) var fragments = 0

        /// Streams that begin as a ClientHello does and hold no whole one: cut off, with a segment missing, or damaged.
        public internal(set) var incompleteClientHellos = 0

        /// Directions of connections beyond ``CaptureLimits/streamsMax``.
        public internal(set) var streams = 0

        /// Whether the file ended within a packet.
        public internal(set) var isCut = false

        /// Nothing.
        public init() {}
    }

    /// Reads a capture.
    ///
    /// - Parameter capture: The whole of a pcap or pcapng file.
    /// - Throws: `CaptureError` if it is no capture or is damaged, or if it has packets and none is from a link that is
    ///   known. A file that is only cut is read as far as it goes.
    public init(_ capture: [UInt8]) throws(CaptureError) {
        var skipped = Skipped()
        var found: [CapturedClientHello] = []
        for stream in try Self.streams(in: capture, &skipped) {
            let scan = ClientHelloScan(stream.bytes)
            if scan.isIncomplete { skipped.incompleteClientHellos += 1 }
            for (index, hello) in scan.found.enumerated() {
                found.append(CapturedClientHello(hello, of: stream, isRetry: index > 0))
            }
        }
        clientHellos = found
        self.skipped = skipped
    }

    /// Every ClientHello in a capture, where it doesn't matter what was passed over.
    ///
    /// - Throws: As ``init(_:)`` does.
    public static func clientHellos(in capture: [UInt8]) throws(CaptureError) -> [CapturedClientHello] {
        try ClientHelloImport(capture).clientHellos
    }

    private static func streams(
        in capture: [UInt8],
        _ skipped: inout Skipped
    ) throws(CaptureError) -> [TCPByteStream] {
        var file = try PacketCapture(capture)
        var reassembly = TCPReassembly()
        var unknownLink: CapturedPacket?
        var knownLinks = 0
        while let packet = try file.nextPacket() {
            guard let link = LinkType(rawValue: packet.linkType) else {
                unknownLink = unknownLink ?? packet
                skipped.unknownLinks += 1
                continue
            }
            knownLinks += 1
            guard let network = link.networkPacket(in: packet.bytes), let ip = IPPacket(network) else { continue }
            if ip.isFragment { skipped.fragments += 1 }
            if let segment = TCPSegment(ip) { reassembly.add(segment, time: packet.time) }
        }
        if knownLinks == 0, let unknownLink { throw unknownLink.unsupported }
        skipped.streams = reassembly.dropped
        skipped.isCut = file.isCut
        return reassembly.finish()
    }
}

extension CapturedPacket {
    fileprivate var unsupported: CaptureError {
        let words = "links of type \(linkType) can't be read, only Ethernet, loopback, Linux cooked and plain IP"
        return CaptureError(.unsupportedLink, at: bytes.startIndex, words)
    }
}

extension CapturedClientHello {
    fileprivate init(_ hello: ClientHelloScan.Found, of stream: TCPByteStream, isRetry: Bool) {
        source = stream.source.description
        destination = stream.destination.description
        time = stream.time?.unixTime
        self.isRetry = isRetry
        records = hello.records
        message = hello.message
    }
}
