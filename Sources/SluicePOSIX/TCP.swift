#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// TCP connections of a client.
public enum TCP {
    /// Connects to a host, trying its addresses one after the other until one answers.
    ///
    /// Each address gets an equal part of the time that is left, so that one that never answers doesn't use it up. The
    /// look-up of the name is libc's and has limits of its own.
    ///
    /// - Throws: ``TransportError`` of the last address, or `deadlinePassed`.
    public static func connect(to peer: HostPort, by deadline: Deadline) throws(TransportError) -> Descriptor {
        let addresses = try SystemCalls.resolve(peer.host.isEmpty ? "localhost" : peer.host, port: peer.port)
        var failure = TransportError(.hostNotFound, "find an address of \(peer.host)")
        for (index, address) in addresses.prefix(addressesMax).enumerated() {
            let parts = min(addresses.count, addressesMax) - index
            do throws(TransportError) {
                return try connect(to: address, by: .after(deadline.remaining.map { $0 / parts }))
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private static func connect(to address: SocketAddress, by deadline: Deadline) throws(TransportError) -> Descriptor {
        let descriptor = try SystemCalls.connectSocket(to: address, by: deadline)
        try SystemCalls.setOption(descriptor.number, level: CInt(IPPROTO_TCP), TCP_NODELAY, to: 1)
        return descriptor
    }

    /// A name with more addresses than this is tried at the first ones only; large services have up to 16.
    private static let addressesMax = 16
}
