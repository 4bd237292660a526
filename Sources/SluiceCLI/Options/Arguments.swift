public import ArgumentParser
public import SluicePOSIX
public import SluicePreamble

// How values of the library are typed on a command line.

extension HostPort: ExpressibleByArgument {
    /// `HOST:PORT`.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension StartTLS.Application: ExpressibleByArgument {
    /// A protocol's name, as `openssl s_client` calls it.
    public init?(argument: String) {
        self.init(name: argument)
    }
}

extension ProxyHeader.Version: ExpressibleByArgument {
    /// `v1` or `v2`.
    public init?(argument: String) {
        guard let version = Self.allCases.first(where: { "\($0)" == argument }) else { return nil }
        self = version
    }

    /// `v1` and `v2`.
    public static var allValueStrings: [String] { allCases.map { "\($0)" } }
}

/// `HOST:PORT` or `HOST`.
struct PeerArgument: ExpressibleByArgument {
    /// A name or an address, without brackets.
    let host: String
    /// The port, if there is one; not 0.
    let port: UInt16?

    init?(argument: String) {
        // No peer has port 0: it stands for one that wasn't typed.
        guard let place = HostPort(argument, defaultPort: 0), !place.host.isEmpty else { return nil }
        host = place.host
        port = place.port == 0 ? nil : place.port
    }

    /// The peer on a port, its own if it has one.
    func place(defaultPort: UInt16?) -> HostPort? {
        guard let port = port ?? defaultPort else { return nil }
        return HostPort(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }
}
