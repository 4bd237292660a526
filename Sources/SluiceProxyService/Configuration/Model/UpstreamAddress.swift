internal import SluicePOSIX

/// Where a server of an upstream is: `10.0.0.5:8080`, `backend.internal:443`, `unix:/run/app.socket`.
public enum UpstreamAddress: Hashable, Sendable {
    /// A TCP port of a host, by name or address (without brackets).
    case tcp(host: String, port: UInt16)
    /// A Unix socket.
    case unix(path: String)
}

extension UpstreamAddress {
    /// Parses an address as a configuration file has it.
    ///
    /// - Returns: nil where the host or path is empty, or the port isn't 1...65535.
    public init?(_ text: String) {
        if let path = text.suffix(behind: "unix:") {
            guard path.isUnixSocketPath else { return nil }
            self = .unix(path: path)
        } else {
            guard let place = HostPort(text), !place.host.isEmpty, place.port > 0 else { return nil }
            self = .tcp(host: place.host, port: place.port)
        }
    }
}

extension UpstreamAddress: CustomStringConvertible {
    /// The address as a configuration file has it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
