import SluicePOSIX

/// How bytes get to the peer.
enum Route: Hashable, Sendable, CustomStringConvertible {
    /// A TCP connection.
    case tcp(HostPort)
    /// A Unix socket at a path.
    case unixSocket(String)
    /// A program's standard input and output.
    case command(String)
    /// Descriptors that were open already.
    case descriptors(DescriptorNumbers)
    /// A serial line.
    case serialLine(SerialDevice)
    /// A tunnel through a proxy.
    case tunnel(ProxyAddress, to: HostPort)

    /// Whom or what the bytes go to, for people.
    var description: String {
        switch self {
        case .tcp(let peer): "\(peer)"
        case .unixSocket(let path): path
        case .command(let text): "the command \"\(text)\""
        case .descriptors(let numbers): "\(numbers)"
        case .serialLine(let device): "\(device)"
        case .tunnel(let proxy, let peer): "\(peer) through \(proxy)"
        }
    }
}
