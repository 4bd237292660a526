/// Descriptors that this process was started with and that are handed on by number.
package enum InheritedDescriptors {
    /// Whether a descriptor is a socket that peers connect to.
    package static func isListening(_ number: CInt) -> Bool {
        SystemCalls.isListening(number)
    }

    /// Its own address.
    package static func address(of number: CInt) throws(TransportError) -> SocketAddress {
        try SystemCalls.ownAddress(of: number)
    }

    /// Keeps programs that are started from inheriting it.
    package static func keepFromPrograms(_ number: CInt) {
        SystemCalls.keepFromPrograms(number)
    }
}

/// Single datagrams to a process of this machine.
package enum UnixDatagram {
    /// Sends one to the path of a socket, or behind `@` to a name without a file. It never waits.
    package static func send(_ bytes: [UInt8], to name: String) throws(TransportError) {
        try SystemCalls.sendDatagram(bytes[...], to: name)
    }
}
