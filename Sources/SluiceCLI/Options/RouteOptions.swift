import ArgumentParser
import SluicePOSIX
import SluicePreamble

/// The options that say how to get to the peer, and what is said there before TLS.
struct RouteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Connect to the socket at this path.", valueName: "path"))
    var unix: String?

    @Option(
        help: ArgumentHelp(
            "Start a command whose stdin and stdout lead to the peer; %h and %p stand for host and port.",
            valueName: "command"
        )
    )
    var exec: String?

    @Option(
        help: ArgumentHelp(
            "Ask a server of this protocol to begin TLS; its port is the default one.",
            valueName: "protocol"
        )
    )
    var starttls: StartTLS.Application?

    @Option(
        help: ArgumentHelp(
            "The name to say before TLS: to SMTP this machine's, to XMPP the domain's.",
            valueName: "name"
        )
    )
    var starttlsName: String?

    func validate() throws {
        let ways = [("--unix", unix), ("--exec", exec)].filter { $0.1 != nil }.map(\.0)
        if ways.count > 1 { throw ValidationError("\(ways.joined(separator: " and ")) exclude each other.") }
        if starttlsName != nil, starttls == nil { throw ValidationError("--starttls-name needs --starttls.") }
    }

    /// The one way to a peer.
    ///
    /// - Parameter peer: Who was named, if anybody.
    /// - Returns: How to get there.
    /// - Throws: Where something is missing for that.
    func route(to peer: PeerArgument?) throws -> Route {
        if let unix { return .unixSocket(unix) }
        if let exec { return .command(try CommandTemplate(exec).expanded(for: peer)) }
        guard let place = peer?.place(defaultPort: starttls?.defaultPort) else {
            throw ValidationError("Say where to: host:port, or one of --unix and --exec. Only --starttls knows ports.")
        }
        return .tcp(place)
    }

    /// What to say before TLS.
    ///
    /// - Parameter serverName: Who is expected there.
    /// - Returns: The client of `--starttls`, if there is one.
    /// - Throws: For a name that can't be said.
    func startTLS(to serverName: String) throws -> StartTLS? {
        guard let starttls else { return nil }
        let name = try starttlsName.map(host)
        switch starttls {
        case .xmpp, .xmppServer: return StartTLS(starttls, to: try name ?? host(serverName))
        default: return StartTLS(starttls, to: .localhost, as: name ?? .localhost)
        }
    }

    private func host(_ text: String) throws -> PreambleHost {
        guard let host = PreambleHost(text) else {
            throw UsageError("\"\(text)\" can't be said before TLS: it is no host name or address; use --starttls-name")
        }
        return host
    }
}
