/// An address and a port of a socket.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// `AF_INET` or `AF_INET6`.
    let family: CInt

    /// The `sockaddr`, as the calls take it.
    let bytes: [UInt8]

    /// The address in numbers, without brackets: `192.0.2.1`, `2001:db8::1`.
    public let host: String

    /// The port in digits.
    public let port: String

    init(family: CInt, bytes: [UInt8], host: String, port: String) {
        self.family = family
        self.bytes = bytes
        self.host = host
        self.port = port
    }

    /// `192.0.2.1:443`, `[2001:db8::1]:443`.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
