import SluicePOSIX

/// How bytes get to the peer.
enum Route: Hashable, Sendable, CustomStringConvertible {
    /// A TCP connection.
    case tcp(HostPort)
    /// A Unix socket at a path.
    case unixSocket(String)
    /// A program's standard input and output.
    case command(String)

    /// Whom or what the bytes go to, for people.
    var description: String {
        switch self {
        case .tcp(let peer): "\(peer)"
        case .unixSocket(let path): path
        case .command(let text): "the command \"\(text)\""
        }
    }
}
