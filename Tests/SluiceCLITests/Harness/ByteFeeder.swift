import Foundation

/// Writes bytes to a descriptor from a thread of its own, so that a test never blocks on a full pipe.
final class ByteFeeder: @unchecked Sendable {
    // Guarded by `changed`.
    private var bytes: [UInt8] = []
    private var isFinished = false
    private let changed = NSCondition()

    /// Feeds a descriptor, and closes it behind the last byte or when nobody reads it any more.
    init(_ descriptor: Int32) {
        // A reader that went away is no reason to die.
        Foundation.signal(SIGPIPE, SIG_IGN)
        Thread.detachNewThread { [self] in
            while let next = takeNext(), writeAll(next, to: descriptor) {}
            close(descriptor)
        }
    }

    /// Puts bytes behind those that wait.
    func append(_ more: [UInt8]) {
        update { bytes += more }
    }

    /// Says that no more will come.
    func finish() {
        update { isFinished = true }
    }

    private func takeNext() -> [UInt8]? {
        changed.lock()
        defer { changed.unlock() }
        while bytes.isEmpty, !isFinished { changed.wait() }
        defer { bytes = [] }
        return bytes.isEmpty ? nil : bytes
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func update(_ body: () -> Void) {
        changed.lock()
        body()
        changed.broadcast()
        changed.unlock()
    }
}
