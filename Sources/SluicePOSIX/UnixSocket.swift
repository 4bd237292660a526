/// Connections of a client to a path on this machine.
public enum UnixSocket {
    /// Connects to the socket at a path.
    ///
    /// - Throws: ``TransportError``: `fileNotFound`, `connectionRefused` where nobody listens, `permissionDenied`,
    ///   `invalidArgument` for a path that is longer than the system takes.
    public static func connect(to path: String, by deadline: Deadline) throws(TransportError) -> Descriptor {
        try SystemCalls.connectSocket(to: SocketAddress(path: path), by: deadline)
    }

    /// Whether somebody listens at an address.
    static func isListening(at address: SocketAddress) -> Bool {
        (try? SystemCalls.connectSocket(to: address, by: .after(.zero))) != nil
    }
}
