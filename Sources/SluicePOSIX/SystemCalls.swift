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
    /// Makes a descriptor and keeps programs from inheriting it, or starts a program: one after the other, so that none
    /// is started in between. Linux could make both of it one call (`pipe2`, `accept4`), which Swift doesn't see.
    static func inTurn<Value: Sendable, Failure>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try inheritance.withLock { _ throws(Failure) in try body() }
    }

    private static let inheritance = Mutex<Void>(())

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

    /// Like `readBytes(_:into:)` of a terminal, whose other end is gone when it says EIO (tty_hung_up of Linux).
    static func readTerminal(_ descriptor: CInt, into output: inout OutputRawSpan) throws(TransportError) -> Transfer {
        do throws(TransportError) {
            return try readBytes(descriptor, into: &output)
        } catch  where error.number == EIO {
            return .ended
        }
    }

    /// Lends the bytes of an array to a call.
    static func lend<Result>(
        _ bytes: ArraySlice<UInt8>,
        _ body: (RawSpan) throws(TransportError) -> Result
    ) throws(TransportError) -> Result {
        // Reading a byte is as safe as bytes are.
        try unsafe body(bytes.span.bytes)
    }

    /// An array with room for so many bytes, with those that are put into it.
    static func bytes(
        atMost countMax: Int,
        _ fill: (inout OutputRawSpan) throws(TransportError) -> Void
    ) throws(TransportError) -> [UInt8] {
        var failure: TransportError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: countMax) { buffer, initializedCount in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var output = unsafe OutputRawSpan(buffer: raw, initializedCount: 0)
            do throws(TransportError) { try fill(&output) } catch { failure = error }
            initializedCount = unsafe output.finalize(for: raw)
        }
        if let failure { throw failure }
        return bytes
    }

    /// A count, or that the descriptor would have to wait.
    private static func transfer(_ words: String, _ body: () -> Int) throws(TransportError) -> Transfer {
        do throws(TransportError) {
            return .moved(try retry(words, body))
        } catch  where error.isToBeRepeated {
            return .blocked
        }
    }

    /// Closes a descriptor (`close`). Never repeated: after EINTR Linux has closed it, and the number may be another's.
    static func closeDescriptor(_ descriptor: CInt) {
        _ = close(descriptor)
    }

    /// Makes calls on a descriptor return instead of wait, and keeps programs that are started from inheriting it
    /// (`fcntl`). Returns whether they waited before.
    @discardableResult
    static func setNonBlocking(_ descriptor: CInt) throws(TransportError) -> Bool {
        let words = "use descriptor \(descriptor)"
        _ = try retry(words) { fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        let flags = try retry(words) { fcntl(descriptor, F_GETFL) }
        _ = try retry(words) { fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
        return flags & O_NONBLOCK == 0
    }

    /// Whether there is a descriptor of that number (`fcntl`).
    static func isOpen(_ descriptor: CInt) -> Bool {
        fcntl(descriptor, F_GETFD) >= 0
    }

    /// Keeps programs that are started from inheriting a descriptor (`fcntl`).
    static func keepFromPrograms(_ descriptor: CInt) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Makes calls on a descriptor wait again (`fcntl`).
    static func setBlocking(_ descriptor: CInt) {
        let flags = fcntl(descriptor, F_GETFL)
        if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
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
