/// Who is behind a proxy, as the proxy tells the server before the first byte: the PROXY protocol of HAProxy.
///
/// Anybody can write one. Take it only from peers that are known to be proxies, and always from those.
public struct ProxyHeader: Hashable, Sendable {
    /// Between whom the proxied connection is.
    public var route: Route

    /// What else the proxy tells; only version 2 can say it. A checksum isn't kept here.
    public var fields: [Field]

    /// A header that says this.
    public init(_ route: Route, fields: [Field] = []) {
        self.route = route
        self.fields = fields
    }

    /// The two ends of a connection, seen from the proxy: the client is the source.
    public enum Route: Hashable, Sendable {
        /// The proxy speaks for itself, as in a health check. Only version 2 tells this from ``ProxyHeader/Route/unknown``.
        case local
        /// A connection whose ends the proxy doesn't know.
        case unknown
        /// Over IPv4 or IPv6. Where one end is IPv4, it is written as an address such as `::ffff:192.0.2.1`.
        case internet(Transport, source: Endpoint, destination: Endpoint)
        /// Between UNIX sockets. Up to 108 bytes each, without zeros at the end.
        case unix(Transport, source: [UInt8], destination: [UInt8])
    }

    /// How bytes travel.
    public enum Transport: UInt8, Hashable, Sendable, CaseIterable {
        /// TCP, or a stream of a UNIX socket.
        case stream = 1
        /// UDP, or datagrams of a UNIX socket.
        case datagram = 2
    }

    /// An address with a port.
    public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
        /// The address.
        public var address: InternetAddress
        /// The port, 0...65535.
        public var port: UInt16

        /// An end of a connection.
        public init(_ address: InternetAddress, port: UInt16) {
            self.address = address
            self.port = port
        }

        /// `192.0.2.1:443`, `[2001:db8::1]:443`.
        public var description: String { address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)" }
    }

    /// The two forms of the header.
    public enum Version: Int, Hashable, Sendable, CaseIterable {
        /// A line of text: TCP over IPv4 or IPv6 only.
        case v1 = 1
        /// Bytes.
        case v2 = 2
    }

    /// Whether a checksum goes along.
    public enum Checksum: Hashable, Sendable {
        /// None.
        case none
        /// The field CRC32C of version 2.
        case crc32c
    }

    /// The most bytes of a UNIX socket's path, as the specification has it.
    static let unixPathBytesMax = 108
}
