#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The wall clock in seconds since 1970 (`time`): the clock that libssl and libcrypto read where no time is given.
package func systemTime() -> Int64 {
    Int64(time(nil))
}
