/// An address and a port of a socket, or its path.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    let family: CInt

    /// The `sockaddr`, as the calls take it.
    let bytes: [UInt8]

    /// The address in numbers, without brackets: `192.0.2.1`, `2001:db8::1`. The path of a Unix socket; empty for one
    /// without, as clients have it.
    public let host: String

    /// The port in digits; empty for a Unix socket.
    public let port: String

    init(family: CInt, bytes: [UInt8], host: String, port: String) {
        self.family = family
        self.bytes = bytes
        self.host = host
        self.port = port
    }

    /// The address of a Unix socket.
    init(path: String) throws(TransportError) {
        guard let address = SystemCalls.address(ofPath: path) else {
            throw TransportError(.invalidArgument, "use \(path) for a Unix socket: the path is empty or too long")
        }
        self = address
    }

    /// `192.0.2.1:443`, `[2001:db8::1]:443`, `/run/service.socket`; `a local process` for a Unix socket without a path.
    public var description: String {
        if port.isEmpty { return host.isEmpty ? "a local process" : host }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
