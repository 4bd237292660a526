#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// Files and directories.

extension SystemCalls {
    /// Opens a file (`open`). New files belong to their owner alone, mode 0600.
    static func openFile(_ path: String, flags: CInt) throws(TransportError) -> CInt {
        try retry("open \(path)") { unsafe open(path, flags | O_CLOEXEC, 0o600) }
    }

    /// Makes and opens a file with a new name that begins with `prefix`, mode 0600 (`mkstemp`).
    static func makeTemporaryFile(prefix: String) throws(TransportError) -> (CInt, path: String) {
        var path = (prefix + ".XXXXXX").utf8CString.map { $0 }
        let descriptor = try retry("make a file beside \(prefix)") { unsafe mkstemp(&path) }
        return (descriptor, string(path))
    }

    /// Whether there is a directory at a path.
    static func isDirectory(_ path: String) -> Bool { kind(of: path) == mode_t(S_IFDIR) }

    /// Whether there is a directory at a path, and no link to one.
    static func isDirectoryItself(_ path: String) -> Bool { kindItself(of: path) == mode_t(S_IFDIR) }

    /// Whether there is something at a path, or a link to nowhere.
    static func isThere(_ path: String) -> Bool { kindItself(of: path) != nil }

    /// Whether there is something at a path that isn't a regular file, nor a link to one.
    static func isNoFile(_ path: String) -> Bool { kind(of: path).map { $0 != mode_t(S_IFREG) } ?? false }

    /// What is at a path itself, to tell it from what comes to be there later; nil if nothing is (`lstat`).
    static func identity(ofPath path: String) -> FileIdentity? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return FileIdentity(status)
    }

    /// Whether there is a Unix socket at a path.
    static func isSocketFile(_ path: String) -> Bool { kindItself(of: path) == mode_t(S_IFSOCK) }

    /// Whether two descriptors are of the same file, pipe or socket (`fstat`).
    static func isSame(_ one: CInt, _ other: CInt) -> Bool {
        var (first, second) = (stat(), stat())
        guard unsafe fstat(one, &first) == 0, unsafe fstat(other, &second) == 0 else { return false }
        return FileIdentity(first) == FileIdentity(second)
    }

    /// Makes a descriptor swallow what is written to it (`open` of `/dev/null`, `dup2`).
    static func openNothing(as descriptor: CInt) {
        let nothing = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nothing >= 0 else { return }
        _ = dup2(nothing, descriptor)
        if nothing != descriptor { closeDescriptor(nothing) }
    }

    /// What kind of thing is at a path, or where a link there leads; nil if nothing is (`stat`).
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & mode_t(S_IFMT) : nil
    }

    /// What kind of thing is at a path itself; nil if nothing is (`lstat`).
    private static func kindItself(of path: String) -> mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & mode_t(S_IFMT) : nil
    }

    /// What a file is like now, or the one that a link there leads to; nil if nothing is (`stat`).
    static func stamp(ofPath path: String) -> FileStamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        return FileStamp(
            identity: FileIdentity(status),
            bytes: Int64(status.st_size),
            modified: .seconds(modified.tv_sec) + .nanoseconds(modified.tv_nsec)
        )
    }

    /// The names in a directory, in no order, without `.` and `..` (`opendir`, `readdir`).
    static func names(in directory: String) throws(TransportError) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw TransportError(errno: errno, "list \(directory)") }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while true {
            // The end and a failure look the same but for this.
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        let number = errno
        if number != 0 { throw TransportError(errno: number, "list \(directory)") }
        return names
    }

    /// Makes a directory, mode 0700 (`mkdir`).
    static func makeDirectory(_ path: String) throws(TransportError) {
        _ = try retry("make the directory \(path)") { unsafe mkdir(path, 0o700) }
    }

    /// Puts a file in the place of another, whole or not at all (`rename`).
    static func renameFile(_ path: String, to other: String) throws(TransportError) {
        _ = try retry("rename \(path) to \(other)") { unsafe rename(path, other) }
    }

    /// Sets a file's permissions (`chmod`).
    static func setMode(_ mode: UInt16, of path: String) throws(TransportError) {
        _ = try retry("chmod \(path)") { unsafe chmod(path, mode_t(mode)) }
    }

    /// Removes a file that may not be there (`unlink`).
    static func removeFile(_ path: String) {
        _ = unsafe unlink(path)
    }
}

/// What one file has and no other on this machine.
package struct FileIdentity: Hashable, Sendable {
    /// The device it is on.
    let device: UInt64
    /// Its number there.
    let number: UInt64

    /// An identity of these parts.
    package init(device: UInt64, number: UInt64) {
        self.device = device
        self.number = number
    }

    fileprivate init(_ status: stat) {
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}
