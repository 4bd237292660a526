#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

internal import Synchronization

// Child processes.

extension SystemCalls {
    /// A pipe that programs which are started don't inherit: the end to read from, and the end to write to (`pipe`,
    /// `fcntl`).
    static func makePipe() throws(TransportError) -> (readEnd: CInt, writeEnd: CInt) {
        var ends: [CInt] = [-1, -1]
        try inTurn { () throws(TransportError) in
            _ = try retry("make a pipe") { unsafe pipe(&ends) }
            for end in ends { keepFromPrograms(end) }
        }
        return (ends[0], ends[1])
    }

    /// Starts a program with two descriptors as its standard input and output (`posix_spawn`).
    ///
    /// SIGPIPE, and signals that this process holds up, are as usual there, and nothing else that is open here is inherited
    /// where it was opened with `FD_CLOEXEC`. Its environment is this process's own with these changes; nil takes a
    /// variable away.
    static func spawn(
        _ arguments: [String],
        environment changes: [String: String?] = [:],
        group: ChildProcess.Group = .own,
        input: CInt,
        output: CInt
    ) throws(TransportError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var (usual, none) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&usual)
        unsafe sigaddset(&usual, SIGPIPE)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        // 0 is a new group, which only this flag makes.
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let grouping = group == .own ? POSIX_SPAWN_SETPGROUP : 0
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | grouping)
        )
        var child = pid_t()
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var variables = unsafe environment(with: changes) + [nil]
        defer { unsafe variables.forEach { unsafe free($0) } }
        let number = inTurn {
            unsafe posix_spawnp(&child, arguments[0], &actions, &attributes, &words, &variables)
        }
        if number != 0 { throw TransportError(errno: number, "start \(arguments[0])") }
        return child
    }

    /// Copies of this process's variables, `NAME=value` each, with changes (`environ`, `strdup`). The caller frees them.
    ///
    /// They are copied as bytes: who says that all of them are text?
    private static func environment(with changes: [String: String?]) -> [UnsafeMutablePointer<CChar>?] {
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            let name = unsafe String(cString: variable).prefix { $0 != "=" }
            if !changes.keys.contains(String(name)) { unsafe variables.append(strdup(variable)) }
            unsafe next += 1
        }
        for case (let name, let value?) in changes { unsafe variables.append(strdup("\(name)=\(value)")) }
        return unsafe variables
    }

    /// Has the end of each child write a byte to a descriptor; where that has no room, enough is there (`signal`).
    static func reportChildren(to descriptor: CInt) {
        childDescriptor.store(descriptor, ordering: .sequentiallyConsistent)
        _ = signal(SIGCHLD) { _ in
            // Only what signal-safety(7) allows: an atomic load and write.
            let saved = errno
            var byte: UInt8 = 0
            _ = unsafe write(childDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
            errno = saved
        }
    }

    /// How a child ended, or `unknownStatus`; nil while it runs (`waitpid`).
    static func takeStatus(of child: pid_t) -> CInt? {
        var status: CInt = 0
        while true {
            let result = unsafe waitpid(child, &status, WNOHANG)
            if result == child { return status }
            if result < 0, errno == EINTR { continue }
            // No such child: somebody else has waited for it, or the process ignores SIGCHLD.
            return result < 0 ? unknownStatus : nil
        }
    }

    /// No status that `waitpid` gives.
    static let unknownStatus: CInt = -1

    /// What `waitpid` says of a child that has ended (`WIFEXITED` and its kin, which Swift can't see).
    static func exit(inStatus status: CInt) -> (code: CInt, signal: CInt) {
        (code: status >> 8 & 0xFF, signal: status & 0x7F)
    }

    /// Ends a child, and what it has started if it leads a group (`kill`).
    static func end(_ child: pid_t, with signal: CInt) {
        if kill(-child, signal) != 0 { _ = kill(child, signal) }
    }

    /// Ends what a child that has ended left behind in its group (`kill`).
    ///
    /// While there is something, no other group can have the number.
    static func endRest(of child: pid_t, with signal: CInt) {
        _ = kill(-child, signal)
    }

    /// Whether there is a process in a child's group, be it one that waits for its burial (`kill`).
    static func isGroupThere(of child: pid_t) -> Bool {
        kill(-child, 0) == 0 || errno == EPERM
    }

    /// Waits a moment (`poll` of nothing).
    static func pause(milliseconds: CInt) {
        _ = poll(nil, 0, milliseconds)
    }
}

/// Where `SystemCalls/reportChildren(to:)` writes. A signal handler has no other way to know anything.
private let childDescriptor = Atomic<CInt>(-1)
