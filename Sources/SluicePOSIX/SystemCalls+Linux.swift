#if !canImport(Darwin)
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #endif

    #if canImport(Glibc)
        /// TCP, as `socket` and `getaddrinfo` take it.
        let streamSocketType = CInt(SOCK_STREAM.rawValue)

        /// Datagrams, as `socket` takes it.
        let datagramSocketType = CInt(SOCK_DGRAM.rawValue)

        /// The descriptors of a process, as `getrlimit` takes them.
        let descriptorResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        /// TCP, as `socket` and `getaddrinfo` take it.
        let streamSocketType = SOCK_STREAM

        /// Datagrams, as `socket` takes it.
        let datagramSocketType = SOCK_DGRAM

        /// The descriptors of a process, as `getrlimit` takes them.
        let descriptorResource = RLIMIT_NOFILE
    #endif

    /// `send` without SIGPIPE.
    let quietSendFlags = CInt(MSG_NOSIGNAL)

    extension SystemCalls {
        /// Like `writeBytes(_:_:)`, without SIGPIPE from a pipe that nobody reads (`pthread_sigmask`, `sigtimedwait`).
        ///
        /// The signal goes to the thread that writes. It is held up meanwhile, and taken away if it was not there before.
        static func writeQuietly(_ descriptor: CInt, _ bytes: RawSpan) throws(TransportError) -> Transfer {
            var (brokenPipe, pending, former) = (sigset_t(), sigset_t(), sigset_t())
            unsafe sigemptyset(&brokenPipe)
            unsafe sigaddset(&brokenPipe, SIGPIPE)
            unsafe sigpending(&pending)
            if unsafe sigismember(&pending, SIGPIPE) == 1 { return try writeBytes(descriptor, bytes) }
            unsafe pthread_sigmask(SIG_BLOCK, &brokenPipe, &former)
            defer { unsafe pthread_sigmask(SIG_SETMASK, &former, nil) }
            do throws(TransportError) {
                return try writeBytes(descriptor, bytes)
            } catch {
                var noTime = timespec()
                if error.number == EPIPE { _ = unsafe sigtimedwait(&brokenPipe, nil, &noTime) }
                throw error
            }
        }

        /// Nothing: here each `send` says it.
        static func silenceBrokenPipe(_ descriptor: CInt) throws(TransportError) {}
    }
#endif
