#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

internal import Synchronization

/// libc, one function for each of its calls. All `unsafe` of this module is here and in its extensions.
///
/// A descriptor is a plain number here; who owns it and closes it is ``Descriptor``'s business.
enum SystemCalls {
    /// Repeats a call that a signal interrupted (`EINTR`), and throws any other failure.
    static func retry<Result: SignedInteger>(
        _ words: @autoclosure () -> String,
        _ body: () -> Result
    ) throws(TransportError) -> Result {
        while true {
            let result = body()
            if result >= 0 { return result }
            let number = errno
            if number != EINTR { throw TransportError(errno: number, words()) }
        }
    }
}

// MARK: - Time

extension SystemCalls {
    /// Seconds since 1970 (`time`).
    static func time() -> Int64 {
        #if canImport(Darwin)
            Int64(Darwin.time(nil))
        #elseif canImport(Musl)
            Int64(Musl.time(nil))
        #else
            Int64(Glibc.time(nil))
        #endif
    }
}

// MARK: - Bytes

extension SystemCalls {
    /// Appends what the descriptor has now, at most what fits (`read`).
    static func readBytes(_ descriptor: CInt, into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        guard output.freeCapacity > 0 else { return .moved(0) }
        return try unsafe output.withUnsafeMutableBytes { buffer, initializedCount throws(TransportError) in
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[initializedCount...])
            let result = try transfer("read") { unsafe read(descriptor, free.baseAddress, free.count) }
            guard case .moved(let count) = result, count > 0 else { return result == .moved(0) ? .ended : result }
            initializedCount += count
            return result
        }
    }

    /// Writes as many of the bytes as the descriptor takes now (`write`).
    static func writeBytes(_ descriptor: CInt, _ bytes: RawSpan) throws(TransportError) -> Transfer {
        try unsafe bytes.withUnsafeBytes { buffer throws(TransportError) in
            try transfer("write") { unsafe write(descriptor, buffer.baseAddress, buffer.count) }
        }
    }

    /// Like `writeBytes(_:_:)` to a socket, without SIGPIPE where the peer is gone (`send`).
    static func sendBytes(_ descriptor: CInt, _ bytes: RawSpan) throws(TransportError) -> Transfer {
        try unsafe bytes.withUnsafeBytes { buffer throws(TransportError) in
            try transfer("send") { unsafe send(descriptor, buffer.baseAddress, buffer.count, quietSendFlags) }
        }
    }

    /// Reads what the descriptor has now into an array of its own; empty with `blocked` and `ended` (`read`).
    static func readBytes(_ descriptor: CInt, atMost countMax: Int) throws(TransportError) -> (Transfer, [UInt8]) {
        var result = Transfer.blocked
        var failure: TransportError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: countMax) { buffer, initializedCount in
            do throws(TransportError) {
                result = try transfer("read") { unsafe read(descriptor, buffer.baseAddress, countMax) }
                if case .moved(let count) = result { initializedCount = count }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return (result == .moved(0) ? .ended : result, bytes)
    }

    /// Like `writeBytes(_:_:)` and `sendBytes(_:_:)` for bytes in an array.
    static func writeBytes(
        _ descriptor: CInt,
        _ bytes: ArraySlice<UInt8>,
        isSocket: Bool
    ) throws(TransportError) -> Transfer {
        var failure: TransportError?
        let result = unsafe bytes.withUnsafeBytes { buffer in
            do throws(TransportError) {
                return try transfer("write") {
                    unsafe isSocket
                        ? send(descriptor, buffer.baseAddress, buffer.count, quietSendFlags)
                        : write(descriptor, buffer.baseAddress, buffer.count)
                }
            } catch {
                failure = error
                return Transfer.blocked
            }
        }
        if let failure { throw failure }
        return result
    }

    /// A count, or that the descriptor would have to wait.
    private static func transfer(_ words: String, _ body: () -> Int) throws(TransportError) -> Transfer {
        do throws(TransportError) {
            return .moved(try retry(words, body))
        } catch  where error.number == EAGAIN || error.number == EWOULDBLOCK {
            return .blocked
        }
    }

    /// Closes a descriptor (`close`). Never repeated: after EINTR Linux has closed it, and the number may be another's.
    static func closeDescriptor(_ descriptor: CInt) {
        _ = close(descriptor)
    }

    /// A pipe: the end to read from, and the end to write to (`pipe`).
    static func makePipe() throws(TransportError) -> (readEnd: CInt, writeEnd: CInt) {
        var ends: [CInt] = [-1, -1]
        _ = try retry("pipe") { unsafe pipe(&ends) }
        return (ends[0], ends[1])
    }

    /// Makes calls on a descriptor return instead of wait, and keeps programs that are started from inheriting it
    /// (`fcntl`).
    static func setNonBlocking(_ descriptor: CInt) throws(TransportError) {
        _ = try retry("fcntl") { fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let flags = try retry("fcntl") { fcntl(descriptor, F_GETFL) }
        _ = try retry("fcntl") { fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
    }

    /// Waits until a descriptor is ready, `milliseconds` have passed (-1: never), or a signal comes (`poll`).
    ///
    /// A signal ends the wait with nothing ready: only who waits knows how much time is left then.
    static func waitForAny(_ entries: inout [pollfd], milliseconds: CInt) throws(TransportError) {
        let count = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
        guard count < 0 else { return }
        let number = errno
        guard number == EINTR else { throw TransportError(errno: number, "poll") }
        for index in entries.indices { entries[index].revents = 0 }
    }
}

// MARK: - Sockets

extension SystemCalls {
    /// A non-blocking TCP socket of an address's family that no SIGPIPE comes from (`socket`).
    static func makeSocket(for address: SocketAddress) throws(TransportError) -> CInt {
        let descriptor = try retry("socket") { socket(address.family, streamSocketType, 0) }
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
                accepted = try retry("accept") { unsafe accept(descriptor, address, size) }
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

    /// Whether a descriptor is a socket (`getsockopt` with `SO_TYPE`).
    static func isSocket(_ descriptor: CInt) -> Bool {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &value, &size) == 0
    }

    /// Ends the sending half of a socket (`shutdown`). A peer that is gone already is no failure.
    static func shutdownSending(_ descriptor: CInt) {
        _ = shutdown(descriptor, CInt(SHUT_WR))
    }
}

// MARK: - Addresses

extension SystemCalls {
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

// MARK: - The process

extension SystemCalls {
    /// The value of an environment variable (`getenv`).
    static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    /// What a number of `errno` means (`strerror_r`).
    static func words(forErrno number: CInt) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        let size = buffer.count
        return unsafe strerror_r(number, &buffer, size) == 0 ? string(buffer) : "error \(number)"
    }

    /// Whether a descriptor is a terminal (`isatty`).
    static func isTerminal(_ descriptor: CInt) -> Bool {
        isatty(descriptor) == 1
    }

    /// How many processors work, at least 1 (`sysconf`).
    static func processorCount() -> Int {
        max(1, Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))))
    }

    /// Opens `/dev/null` for each standard descriptor that this process was started without. Otherwise the next socket
    /// would get its number, and be read as standard input (`fcntl`, `open`).
    static func openMissingStandardStreams() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            // The lowest number that is free is this one.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }

    /// Makes writing to a pipe that nobody reads fail with EPIPE, not kill the process (`signal`).
    static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Has SIGINT and SIGTERM write a byte to a descriptor, once each: the second one of a kind ends the process
    /// (`signal`).
    static func reportTermination(to descriptor: CInt) {
        terminationDescriptor.store(descriptor, ordering: .sequentiallyConsistent)
        for number in [SIGINT, SIGTERM] {
            _ = signal(number) { number in
                // Only what signal-safety(7) allows: an atomic load, write and signal.
                let saved = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(terminationDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
                _ = signal(number, SIG_DFL)
                errno = saved
            }
        }
    }
}

/// Where `SystemCalls/reportTermination(to:)` writes. A signal handler has no other way to know anything.
private let terminationDescriptor = Atomic<CInt>(-1)

/// The text up to the first zero.
func string(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
