#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Sockets and their addresses.

extension SystemCalls {
    /// A non-blocking stream socket of an address's family that no SIGPIPE comes from (`socket`).
    static func makeSocket(for address: SocketAddress) throws(TransportError) -> CInt {
        let descriptor = try inTurn { () throws(TransportError) in
            let descriptor = try retry("socket") { socket(address.family, streamSocketType, 0) }
            keepFromPrograms(descriptor)
            return descriptor
        }
        do throws(TransportError) {
            try setNonBlocking(descriptor)
            try silenceBrokenPipe(descriptor)
        } catch {
            closeDescriptor(descriptor)
            throw error
        }
        return descriptor
    }

    /// Sets an option that is a number (`setsockopt`).
    static func setOption(_ descriptor: CInt, level: CInt, _ option: CInt, to value: CInt) throws(TransportError) {
        var value = value
        let size = socklen_t(MemoryLayout<CInt>.size)
        _ = try retry("setsockopt") { unsafe setsockopt(descriptor, level, option, &value, size) }
    }

    /// Takes the error that a socket has kept, 0 if none (`getsockopt` with `SO_ERROR`).
    static func takeError(of descriptor: CInt) throws(TransportError) -> CInt {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        _ = try retry("getsockopt") { unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size) }
        return value
    }

    /// Begins to connect (`connect`). Returns whether it is done; if not, the socket becomes writable when it is.
    static func beginConnecting(_ descriptor: CInt, to address: SocketAddress) throws(TransportError) -> Bool {
        let result = unsafe address.withSockaddr { unsafe connect(descriptor, $0, $1) }
        let number = errno
        if result == 0 { return true }
        // After EINTR the connection goes on being made, and a second call would say EALREADY.
        if number == EINPROGRESS || number == EINTR { return false }
        throw TransportError(errno: number, "connect to \(address)")
    }

    /// Gives a socket its own address (`bind`).
    static func bindSocket(_ descriptor: CInt, to address: SocketAddress) throws(TransportError) {
        _ = try retry("listen on \(address)") {
            unsafe address.withSockaddr { unsafe bind(descriptor, $0, $1) }
        }
    }

    /// Lets peers connect, `backlog` of them before they are accepted (`listen`).
    static func startListening(_ descriptor: CInt, backlog: CInt) throws(TransportError) {
        _ = try retry("listen") { listen(descriptor, backlog) }
    }

    /// The next peer that connected, with its address; nil if there is none now (`accept`).
    static func acceptPeer(_ descriptor: CInt) throws(TransportError) -> (CInt, SocketAddress)? {
        var accepted: CInt = -1
        do throws(TransportError) {
            let peer = try unsafe SocketAddress.read { address, size throws(TransportError) in
                try inTurn { () throws(TransportError) in
                    accepted = try retry("accept") { unsafe accept(descriptor, address, size) }
                    keepFromPrograms(accepted)
                }
            }
            try setNonBlocking(accepted)
            try silenceBrokenPipe(accepted)
            return (accepted, peer)
        } catch  where accepted < 0 && (error.number == EAGAIN || error.number == ECONNABORTED) {
            return nil
        } catch {
            if accepted >= 0 { closeDescriptor(accepted) }
            throw error
        }
    }

    /// A socket's own address (`getsockname`).
    static func ownAddress(of descriptor: CInt) throws(TransportError) -> SocketAddress {
        try unsafe SocketAddress.read { address, size throws(TransportError) in
            _ = try retry("getsockname") { unsafe getsockname(descriptor, address, size) }
        }
    }

    /// The address of the other end of a socket (`getpeername`).
    static func peerAddress(of descriptor: CInt) throws(TransportError) -> SocketAddress {
        try unsafe SocketAddress.read { address, size throws(TransportError) in
            _ = try retry("getpeername") { unsafe getpeername(descriptor, address, size) }
        }
    }

    /// Whether a descriptor is a socket (`getsockopt` with `SO_TYPE`).
    static func isSocket(_ descriptor: CInt) -> Bool {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &value, &size) == 0
    }

    /// Connects to an address, waiting until the deadline.
    static func connectSocket(to address: SocketAddress, by deadline: Deadline) throws(TransportError) -> Descriptor {
        let descriptor = Descriptor(socket: try makeSocket(for: address))
        var isConnected = try beginConnecting(descriptor.number, to: address)
        while !isConnected {
            var poll = Poll()
            let place = poll.add(descriptor.number, for: .writable)
            try poll.wait(until: deadline)
            if poll.readiness(at: place).contains(.writable) {
                isConnected = true
            } else if deadline.isPassed {
                throw TransportError(.deadlinePassed, "connect to \(address) in time")
            }
        }
        let number = try takeError(of: descriptor.number)
        if number != 0 { throw TransportError(errno: number, "connect to \(address)") }
        return descriptor
    }

    /// Ends the sending half of a socket (`shutdown`). A peer that is gone already is no failure.
    static func shutdownSending(_ descriptor: CInt) {
        _ = shutdown(descriptor, CInt(SHUT_WR))
    }
}

extension SystemCalls {
    /// The address of a path; nil where it is empty or too long for the system (unix(7)).
    static func address(ofPath path: String) -> SocketAddress? {
        var address = sockaddr_un()
        let bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, !bytes.contains(0), bytes.count < capacity else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { buffer in unsafe buffer.copyBytes(from: bytes) }
        let whole = unsafe withUnsafeBytes(of: &address) { buffer in unsafe [UInt8](buffer) }
        return SocketAddress(family: AF_UNIX, bytes: whole, host: path, port: "")
    }

    /// The addresses of a host and a port, best first (`getaddrinfo`). It may ask the network, and has no deadline.
    /// Without a host they are any address of this machine, to listen on.
    static func resolve(_ host: String?, port: UInt16) throws(TransportError) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = streamSocketType
        unsafe hints.ai_flags = AI_NUMERICSERV | (host == nil ? AI_PASSIVE : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let failure = unsafe getaddrinfo(host, String(port), &hints, &list)
        defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
        guard failure == 0 else {
            let reason = unsafe failure == EAI_SYSTEM ? words(forErrno: errno) : String(cString: gai_strerror(failure))
            throw TransportError(.hostNotFound, "find the address of \(host ?? "this machine"): \(reason)")
        }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe SocketAddress(entry.pointee.ai_addr, entry.pointee.ai_addrlen) {
                addresses.append(address)
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }
}

extension SocketAddress {
    /// Copies an address, and writes it out (`getnameinfo`); nil for a family without numbers.
    fileprivate init?(_ address: UnsafePointer<sockaddr>?, _ size: socklen_t) {
        if let address = unsafe address, CInt(unsafe address.pointee.sa_family) == AF_UNIX {
            // A client has no path as a rule, and a listener knows its own.
            self.init(family: AF_UNIX, bytes: [], host: "", port: "")
            return
        }
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var port = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let (hostSize, portSize) = (socklen_t(host.count), socklen_t(port.count))
        let flags = NI_NUMERICHOST | NI_NUMERICSERV
        guard let address = unsafe address,
            unsafe getnameinfo(address, size, &host, hostSize, &port, portSize, flags) == 0
        else { return nil }
        self.init(
            family: CInt(unsafe address.pointee.sa_family),
            bytes: unsafe Array(UnsafeRawBufferPointer(start: address, count: Int(size))),
            host: string(host),
            port: string(port)
        )
    }

    /// Lends the address to a call.
    fileprivate func withSockaddr(_ body: (UnsafePointer<sockaddr>?, socklen_t) -> CInt) -> CInt {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe body(buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
        }
    }

    /// Has a call write an address.
    fileprivate static func read(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) throws(TransportError) -> Void
    ) throws(TransportError) -> SocketAddress {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let address = try unsafe withUnsafeMutablePointer(to: &storage) { storage throws(TransportError) in
            try unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address throws(TransportError) in
                try unsafe body(address, &size)
                return unsafe SocketAddress(address, size)
            }
        }
        guard let address else { throw TransportError(errno: EAFNOSUPPORT, "read the address of a socket") }
        return address
    }
}
