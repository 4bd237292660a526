import ArgumentParser
import CCore
import Glibc

/// The core that all peers run on, those in child processes too.
enum Core {
    /// Pins this process with sched_setaffinity(2).
    ///
    /// - Parameter core: Its number; nil is the last one that is allowed.
    /// - Returns: The number.
    /// - Throws: `ValidationError` where the system doesn't allow that core.
    static func pin(to core: Int?) throws -> Int {
        let pinned = ccore_pin(core.map { CInt(clamping: max($0, 0)) } ?? -1)
        guard pinned >= 0 else {
            let words = core.map { "core \($0)" } ?? "a core"
            throw ValidationError("This process can't be pinned to \(words): \(String(cString: strerror(-pinned))).")
        }
        return Int(pinned)
    }
}
