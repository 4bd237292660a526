#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Clocks, and what this process is and was started with.

extension SystemCalls {
    /// Since 1970 (`clock_gettime`).
    static func wallClock() -> Duration { clock(CLOCK_REALTIME) }

    /// Since the machine began (`clock_gettime`).
    static func monotonicClock() -> Duration { clock(CLOCK_MONOTONIC) }

    private static func clock(_ id: clockid_t) -> Duration {
        var now = timespec()
        _ = unsafe clock_gettime(id, &now)
        return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
    }

    /// The number of this process (`getpid`).
    static func processID() -> pid_t { getpid() }

    /// The bytes of a page of memory (`sysconf`).
    static func pageBytes() -> Int { max(1, Int(sysconf(CInt(_SC_PAGESIZE)))) }

    /// The ticks of a second in `/proc` (`sysconf`).
    static func ticksPerSecond() -> Int { max(1, Int(sysconf(CInt(_SC_CLK_TCK)))) }

    /// Raises the soft limit of descriptors to the hard one, and says what it is then (`getrlimit`, `setrlimit`).
    static func raiseDescriptorsMax() -> Int {
        var limit = rlimit()
        // POSIX promises 20; nobody has fewer than 256.
        guard unsafe getrlimit(descriptorResource, &limit) == 0 else { return 256 }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        let isRaised = unsafe setrlimit(descriptorResource, &raised) == 0
        return Int(clamping: isRaised ? raised.rlim_cur : limit.rlim_cur)
    }

    /// Takes an environment variable away (`unsetenv`).
    static func removeEnvironment(_ name: String) {
        _ = unsafe unsetenv(name)
    }

    /// Whether a descriptor is a socket that peers connect to (`getsockopt` with `SO_ACCEPTCONN`).
    static func isListening(_ descriptor: CInt) -> Bool {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0
    }
}
