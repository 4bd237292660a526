import ArgumentParser
import Sluice
import SluicePOSIX

/// The options that say how to get to the peer, if not by TCP.
struct RouteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Connect to the socket at this path.", valueName: "path"))
    var unix: String?

    @Option(
        help: ArgumentHelp(
            "Start a command whose stdin and stdout lead to the peer; %h and %p stand for host and port.",
            discussion:
                "At a terminal it may ask for a password; then only its shell is ended with sluice, else all of it.",
            valueName: "command"
        )
    )
    var exec: String?

    @Option(
        help: ArgumentHelp(
            "Use a descriptor that is open already, or one to read from and one to write to.",
            valueName: "number|r,w"
        )
    )
    var fd: String?

    @Option(
        help: ArgumentHelp(
            "Use a serial line, at this speed if one is given. The device stays raw.",
            valueName: "device[,baud]"
        )
    )
    var tty: String?

    @Option(
        help: ArgumentHelp(
            "Ask an HTTP proxy for a tunnel: http://[user:password@]proxy:port, or https:// to speak TLS with it.",
            discussion:
                "User and password may be in the variable SLUICE_PROXY_CREDENTIALS, where `ps` doesn't show them.",
            valueName: "url"
        )
    )
    var via: String?

    @Option(
        help: ArgumentHelp("Roots to trust for an https proxy instead of the system's.", valueName: "file|dir")
    )
    var viaCa: [String] = []

    func validate() throws {
        let ways = [("--unix", unix), ("--exec", exec), ("--fd", fd), ("--tty", tty), ("--via", via)]
        let given = ways.filter { $0.1 != nil }.map(\.0)
        if given.count > 1 { throw ValidationError("\(given.joined(separator: " and ")) exclude each other.") }
        if !viaCa.isEmpty, try proxy?.scheme != .https {
            throw ValidationError("--via-ca is for a proxy whose address begins with https://.")
        }
    }

    /// The one way to a peer.
    ///
    /// - Parameters:
    ///   - peer: Who was named, if anybody.
    ///   - defaultPort: That of the protocol which is spoken, if it is known.
    /// - Returns: How to get there.
    /// - Throws: Where something is missing for that.
    func route(to peer: PeerArgument?, defaultPort: UInt16?) throws -> Route {
        if let unix { return .unixSocket(unix) }
        if let exec { return .command(try CommandTemplate(exec).expanded(for: peer, defaultPort: defaultPort)) }
        if let fd { return .descriptors(try descriptors(fd)) }
        if let tty { return .serialLine(try device(tty)) }
        guard let place = peer?.place(defaultPort: defaultPort) else {
            throw ValidationError(
                "Say where to: host:port, or --unix, --exec, --fd or --tty. --starttls knows its protocol's port."
            )
        }
        return try proxy.map { .tunnel($0, to: place) } ?? .tcp(place)
    }

    /// What engines are made of that speak TLS with the proxy itself; nil where none is to.
    func proxyContext() throws -> TLSContext? {
        guard let proxy = try proxy, proxy.scheme == .https else { return nil }
        let host = proxy.place.host
        guard let name = ServerName(host) else {
            throw UsageError("--via: \"\(host)\" is no host name or address that a certificate could have")
        }
        var configuration = TLSClientConfiguration(serverName: name)
        if let roots = trustRoots(at: viaCa) { configuration.verification = .roots(roots) }
        return try TLSContext(configuration)
    }

    private var proxy: ProxyAddress? {
        get throws {
            try via.map {
                try ProxyAddress($0, credentials: EnvironmentVariable.value(of: SecretVariables.proxyCredentials))
            }
        }
    }

    private func descriptors(_ text: String) throws -> DescriptorNumbers {
        guard let numbers = DescriptorNumbers(text) else {
            throw ValidationError("--fd \(text): give one number or two, with a comma between, of 3 and above.")
        }
        if let missing = numbers.missing { throw ValidationError("--fd \(text): descriptor \(missing) isn't open.") }
        return numbers
    }

    private func device(_ text: String) throws -> SerialDevice {
        guard let device = SerialDevice(text) else {
            throw ValidationError("--tty \(text): behind the comma comes the speed in bits a second.")
        }
        return device
    }
}
