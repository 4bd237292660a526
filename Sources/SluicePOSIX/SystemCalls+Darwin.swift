#if canImport(Darwin)
    internal import Darwin

    /// TCP, as `socket` and `getaddrinfo` take it.
    let streamSocketType = SOCK_STREAM

    /// Datagrams, as `socket` takes it.
    let datagramSocketType = SOCK_DGRAM

    /// The descriptors of a process, as `getrlimit` takes them.
    let descriptorResource = RLIMIT_NOFILE

    /// None: a socket of `SystemCalls/silenceBrokenPipe(_:)` sends without SIGPIPE.
    let quietSendFlags: CInt = 0

    extension SystemCalls {
        /// Like `writeBytes(_:_:)`, without SIGPIPE from a pipe that nobody reads (`fcntl` with `F_SETNOSIGPIPE`).
        static func writeQuietly(_ descriptor: CInt, _ bytes: RawSpan) throws(TransportError) -> Transfer {
            _ = fcntl(descriptor, F_SETNOSIGPIPE, 1)
            return try writeBytes(descriptor, bytes)
        }

        /// Keeps a socket from ever sending SIGPIPE (`SO_NOSIGPIPE`).
        static func silenceBrokenPipe(_ descriptor: CInt) throws(TransportError) {
            try setOption(descriptor, level: SOL_SOCKET, SO_NOSIGPIPE, to: 1)
        }
    }
#endif
