#if !canImport(Darwin)
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    #if canImport(Glibc)
        /// TCP, as `socket` and `getaddrinfo` take it.
        let streamSocketType = CInt(SOCK_STREAM.rawValue)
    #else
        /// TCP, as `socket` and `getaddrinfo` take it.
        let streamSocketType = SOCK_STREAM
    #endif

    /// `send` without SIGPIPE.
    let quietSendFlags = CInt(MSG_NOSIGNAL)

    extension SystemCalls {
        /// Nothing: here each `send` says it.
        static func silenceBrokenPipe(_ descriptor: CInt) throws(TransportError) {}
    }
#endif
