#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Datagrams to a process of this machine.

extension SystemCalls {
    /// Sends one datagram to the path of a Unix socket, or behind `@` to a name without a file, which unix(7) calls
    /// abstract (`socket`, `sendto`). It never waits.
    static func sendDatagram(_ bytes: ArraySlice<UInt8>, to name: String) throws(TransportError) {
        let number = try inTurn { () throws(TransportError) in
            let number = try retry("socket") { socket(AF_UNIX, datagramSocketType, 0) }
            keepFromPrograms(number)
            return number
        }
        defer { closeDescriptor(number) }
        try setNonBlocking(number)
        try silenceBrokenPipe(number)
        guard let (address, size) = datagramAddress(name) else {
            throw TransportError(.invalidArgument, "use \(name) for a Unix socket: the name is empty or too long")
        }
        try lend(bytes) { bytes throws(TransportError) in
            var address = address
            _ = try unsafe bytes.withUnsafeBytes { buffer throws(TransportError) in
                try unsafe withUnsafePointer(to: &address) { pointer throws(TransportError) in
                    try retry("send to \(name)") {
                        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                            unsafe sendto(number, buffer.baseAddress, buffer.count, quietSendFlags, $0, size)
                        }
                    }
                }
            }
        }
    }

    /// The address of a name, which without a file begins with a zero byte and has no end but its size.
    private static func datagramAddress(_ name: String) -> (sockaddr_un, socklen_t)? {
        var address = sockaddr_un()
        var bytes = Array(name.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < capacity else { return nil }
        let isAbstract = bytes[0] == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in unsafe buffer.copyBytes(from: bytes) }
        let offset = MemoryLayout<sockaddr_un>.size - capacity
        return (address, socklen_t(offset + bytes.count + (isAbstract ? 0 : 1)))
    }
}
