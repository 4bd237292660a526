#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A socket that peers connect to, by TCP or by a path on this machine.
public struct SocketListener: ~Copyable, Sendable {
    /// For poll(2): readable when a peer waits to be accepted.
    public let descriptor: Descriptor

    /// Where it listens, with the port that the system chose if it was asked for port 0.
    public let address: SocketAddress

    /// What to remove when it is let go, if it is still what was made.
    private let path: String?
    private let file: FileIdentity?

    /// Listens at a host's first address; with an empty host at every address of this machine, IPv6 and IPv4.
    ///
    /// - Throws: ``TransportError``: `addressInUse`, `permissionDenied`, `hostNotFound`.
    public init(_ place: HostPort) throws(TransportError) {
        let addresses = try SystemCalls.resolve(place.host.isEmpty ? nil : place.host, port: place.port)
        // The IPv6 wildcard takes IPv4 peers, too; the IPv4 wildcard only those.
        let preferred =
            place.host.isEmpty ? addresses.sorted { $0.family == AF_INET6 && $1.family != AF_INET6 } : addresses
        var failure = TransportError(.hostNotFound, "find an address of \(place.host) to listen on")
        for address in preferred {
            do throws(TransportError) {
                let descriptor = try Self.listen(at: address)
                self.address = try SystemCalls.ownAddress(of: descriptor.number)
                self.descriptor = descriptor
                path = nil
                file = nil
                return
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// Listens at a path: a Unix socket, which is removed when the listener is let go. Who may connect is decided by the
    /// permissions of the path and its directory.
    ///
    /// A socket that nobody listens at, left by a process that was killed, is replaced.
    ///
    /// - Throws: ``TransportError``: `addressInUse` where somebody listens, or something else is there.
    public init(path: String) throws(TransportError) {
        let address = try SocketAddress(path: path)
        try UnixSocket.removeAbandoned(path)
        descriptor = try Self.listen(at: address)
        self.address = address
        self.path = path
        file = SystemCalls.identity(ofPath: path)
    }

    deinit {
        if let path, let file, SystemCalls.identity(ofPath: path) == file { SystemCalls.removeFile(path) }
    }

    private static func listen(at address: SocketAddress) throws(TransportError) -> Descriptor {
        let descriptor = Descriptor(socket: try SystemCalls.makeSocket(for: address))
        if address.family != AF_UNIX {
            try SystemCalls.setOption(descriptor.number, level: SOL_SOCKET, SO_REUSEADDR, to: 1)
        }
        if address.family == AF_INET6 {
            try SystemCalls.setOption(descriptor.number, level: CInt(IPPROTO_IPV6), IPV6_V6ONLY, to: 0)
        }
        try SystemCalls.bindSocket(descriptor.number, to: address)
        try SystemCalls.startListening(descriptor.number, backlog: backlog)
        return descriptor
    }

    /// The next peer that connected; nil if there is none now.
    ///
    /// - Throws: `descriptorsExhausted` where the process has no descriptor left; the peer goes on waiting.
    public borrowing func accept() throws(TransportError) -> AcceptedPeer? {
        guard let (number, address) = try SystemCalls.acceptPeer(descriptor.number) else { return nil }
        let peer = Descriptor(socket: number)
        if address.family != AF_UNIX {
            try? SystemCalls.setOption(number, level: CInt(IPPROTO_TCP), TCP_NODELAY, to: 1)
        }
        return AcceptedPeer(descriptor: peer, address: address)
    }

    /// Peers that wait to be accepted; the system's own limit is often 4096, `SOMAXCONN` was 128 for decades.
    private static let backlog: CInt = 128
}

/// A peer that connected to a ``SocketListener``.
public struct AcceptedPeer: ~Copyable, Sendable {
    /// The connection to it.
    public let descriptor: Descriptor
    /// Where it is.
    public let address: SocketAddress

    /// Gives the connection away.
    public consuming func takeDescriptor() -> Descriptor { descriptor }
}
