internal import NIOCore
internal import SluicePreamble

/// Between whom a connection is.
struct ConnectionEndpoints {
    /// Who connected; nil over a Unix socket.
    var peer: ProxyHeader.Endpoint?

    /// Where it came in; nil over a Unix socket.
    var local: ProxyHeader.Endpoint?

    /// What a PROXY header said, once it did.
    var header: ProxyHeader?

    init(of channel: any Channel) {
        peer = channel.remoteAddress.flatMap { ProxyHeader.Endpoint($0) }
        local = channel.localAddress.flatMap { ProxyHeader.Endpoint($0) }
    }

    /// Whether the peer has gone already: a TCP connection that was reset before it was accepted has no other end, and its
    /// bytes are there all the same.
    var isPeerLost: Bool { peer == nil && local != nil }

    /// The client, as far as is known.
    var client: ProxyHeader.Endpoint? {
        if case .internet(_, let source, _)? = header?.route { return source }
        return peer
    }

    /// What the client wanted to reach.
    var destination: ProxyHeader.Endpoint? {
        if case .internet(_, _, let destination)? = header?.route { return destination }
        return local
    }

    /// What to tell the next server.
    var route: ProxyHeader.Route {
        if let header, header.route != .local { return header.route }
        guard let client, let destination else { return .unknown }
        return .internet(.stream, source: client, destination: destination)
    }
}

extension ProxyHeader.Endpoint {
    init?(_ address: SocketAddress) {
        guard let port = address.port, let text = address.ipAddress,
            let bare = InternetAddress(String(text.prefix { $0 != "%" }))
        else { return nil }
        self.init(bare, port: UInt16(clamping: port))
    }
}
