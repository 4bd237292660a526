extension Descriptor {
    /// A socket's own address.
    ///
    /// - Throws: ``TransportError`` if it is no socket.
    public borrowing func ownAddress() throws(TransportError) -> SocketAddress {
        try SystemCalls.ownAddress(of: number)
    }

    /// The address of the other end of a socket's connection.
    ///
    /// - Throws: ``TransportError`` if it is no socket, or isn't connected.
    public borrowing func peerAddress() throws(TransportError) -> SocketAddress {
        try SystemCalls.peerAddress(of: number)
    }

    /// Whether this process has a descriptor of that number.
    package static func isOpen(_ number: CInt) -> Bool {
        SystemCalls.isOpen(number)
    }
}
