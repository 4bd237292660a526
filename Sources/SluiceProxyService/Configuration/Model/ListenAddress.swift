internal import SluicePOSIX

/// Where a socket listens: `0.0.0.0:443`, `[::]:443`, `unix:/run/sluice/in.socket`, `systemd:https`.
public enum ListenAddress: Hashable, Sendable {
    /// A TCP port of an address, or of all with an empty host.
    case tcp(host: String, port: UInt16)
    /// A Unix socket, with the permissions that it gets; nil for what the umask leaves.
    case unix(path: String, mode: UInt16?)
    /// The sockets that systemd passes under this name (`FileDescriptorName=`).
    case systemd(name: String)
}

extension ListenAddress {
    /// Parses an address as a configuration file has it. `:443` and `*:443` are all addresses, IPv6 and IPv4.
    ///
    /// - Returns: nil where the scheme is unknown, the path or name empty, or the port no number up to 65535.
    public init?(_ text: String) {
        if let path = text.suffix(behind: "unix:") {
            guard path.isUnixSocketPath else { return nil }
            self = .unix(path: path, mode: nil)
        } else if let name = text.suffix(behind: "systemd:") {
            guard !name.isEmpty, !name.contains(where: { $0 == ":" || $0.isWhitespace }) else { return nil }
            self = .systemd(name: name)
        } else {
            guard let place = HostPort(text) else { return nil }
            self = .tcp(host: place.host, port: place.port)
        }
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as a configuration file has it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        case .systemd(let name): "systemd:\(name)"
        }
    }
}

extension String {
    /// What follows a prefix; nil if it isn't there.
    func suffix(behind prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    /// Whether it can name a Unix socket: `sun_path` has 108 bytes with the zero at its end.
    var isUnixSocketPath: Bool {
        (1...107).contains(utf8.count) && !utf8.contains(0)
    }
}
