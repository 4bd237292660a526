import Foundation
import SluicePOSIX

/// Two descriptors of this process that are connected.
struct ConnectedDescriptors: ~Copyable {
    let near: Descriptor
    let far: Descriptor

    /// Two sockets with buffers as small as the system lets them be.
    static func sockets() throws -> ConnectedDescriptors {
        var ends: [CInt] = [-1, -1]
        #if os(Linux)
            let type = CInt(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        for end in ends {
            var size: CInt = 1
            setsockopt(end, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        return ConnectedDescriptors(near: try Descriptor(owning: ends[0]), far: try Descriptor(owning: ends[1]))
    }

    /// The client's end of a TCP connection, and the server's.
    static func tcp() throws -> ConnectedDescriptors {
        let listener = try SocketListener(.loopback)
        let client = try TCP.connect(to: listener.address.place, by: .soon)
        return ConnectedDescriptors(near: client, far: try listener.acceptSoon().takeDescriptor())
    }
}

/// Whether a number is an open descriptor of this process.
func isOpen(_ number: CInt) -> Bool {
    fcntl(number, F_GETFD) >= 0
}

/// Makes closing a TCP socket reset the connection (RFC 1122 §4.2.2.13).
func resetOnClose(_ descriptor: borrowing Descriptor) {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor.number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
}
