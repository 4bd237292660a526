#if canImport(Darwin)
    internal import Darwin

    /// TCP, as `socket` and `getaddrinfo` take it.
    let streamSocketType = SOCK_STREAM

    /// None: a socket of `SystemCalls/silenceBrokenPipe(_:)` sends without SIGPIPE.
    let quietSendFlags: CInt = 0

    extension SystemCalls {
        /// Keeps a socket from ever sending SIGPIPE (`SO_NOSIGPIPE`).
        static func silenceBrokenPipe(_ descriptor: CInt) throws(TransportError) {
            try setOption(descriptor, level: SOL_SOCKET, SO_NOSIGPIPE, to: 1)
        }
    }
#endif
