import Foundation

/// A pipe that started programs don't inherit: a write end left open there would hide the end of input.
struct ClosedOnExecPipe {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw ProgramFailure(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}

/// Held from the making of a program's pipes until it has started: between `pipe` and `fcntl` another test's program
/// would inherit them.
let spawning = NSLock()

/// Starts a program with these three descriptors as its 0, 1 and 2 (`posix_spawnp`).
func spawn(
    _ path: String,
    _ arguments: [String],
    environment: [String],
    descriptors: [Int32]
) throws -> pid_t {
    #if os(Linux)
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
    #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in descriptors.enumerated() {
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    // The test process ignores SIGPIPE, and its threads block signals; a program starts with what a shell would give it.
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    #if os(Linux)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    #else
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_CLOEXEC_DEFAULT)
        )
    #endif
    var id: pid_t = 0
    let result = withCStrings([path] + arguments) { words in
        withCStrings(environment) { posix_spawnp(&id, path, &actions, &attributes, words, $0) }
    }
    guard result == 0 else {
        throw ProgramFailure(description: "\(path) can't be started: \(String(cString: strerror(result)))")
    }
    return id
}

/// Waits until a child has ended. Returns its exit code, or minus the signal that ended it.
func waitForEnd(of id: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : -signal
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
}

/// Whether a process does anything yet; one whose parent went before it may wait for its burial.
func isRunning(_ number: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ") Z "
    return !status.contains(") Z ")
}
