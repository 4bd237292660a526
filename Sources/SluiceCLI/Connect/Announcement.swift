import SluicePOSIX
import SluicePreamble

/// A PROXY header as the first bytes: nothing is answered.
struct Announcement: Preamble {
    private var bytes: [UInt8]

    /// The header of one who connects.
    ///
    /// - Parameters:
    ///   - version: Its form.
    ///   - ends: The connection's ends, where it is a TCP connection to the peer itself.
    /// - Throws: Where the form can't say it.
    init(_ version: ProxyHeader.Version, ends: ProxyHeader.Route?) throws(PreambleError) {
        // Both mean "take the connection's own addresses"; version 1 can't tell them apart.
        let own: ProxyHeader.Route = version == .v1 ? .unknown : .local
        bytes = try ProxyHeader(ends ?? own).encoded(as: version)
    }

    var isFinished: Bool { true }

    mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int { 0 }

    mutating func feedEOF() throws(PreambleError) {}

    mutating func drain() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}

extension ProxyHeader.Route {
    /// The ends of a TCP connection of this process; nil for a socket of another kind.
    init?(of descriptor: borrowing Descriptor) {
        guard let own = try? descriptor.ownAddress(), let peer = try? descriptor.peerAddress(),
            let source = ProxyHeader.Endpoint(own), let destination = ProxyHeader.Endpoint(peer)
        else { return nil }
        self = .internet(.stream, source: source, destination: destination)
    }
}

extension ProxyHeader.Endpoint {
    fileprivate init?(_ address: SocketAddress) {
        // The zone of fe80::1%eth0 means something on this machine alone.
        guard let internet = InternetAddress(String(address.host.prefix { $0 != "%" })), let port = UInt16(address.port)
        else { return nil }
        self.init(internet, port: port)
    }
}
