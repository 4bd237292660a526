#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension SystemCalls {
    /// The permissions of a file, or of what a link there leads to; nil if nothing is (`stat`).
    static func permissions(ofPath path: String) -> UInt16? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return UInt16(truncatingIfNeeded: status.st_mode) & 0o7777
    }
}

extension Files {
    /// The permissions of a file, or of what a link there leads to; nil if nothing is.
    package static func permissions(of path: String) -> UInt16? {
        SystemCalls.permissions(ofPath: path)
    }
}
