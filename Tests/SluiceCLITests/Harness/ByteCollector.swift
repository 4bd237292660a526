import Foundation

/// Everything that a descriptor gives until its end, collected by a thread of its own.
final class ByteCollector: @unchecked Sendable {
    // Guarded by `changed`.
    private var bytes: [UInt8] = []
    private var isEnded = false
    private let changed = NSCondition()

    /// Collects from a descriptor, and closes it at its end.
    init(_ descriptor: Int32) {
        Thread.detachNewThread { [self] in
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                update { bytes += chunk.prefix(count) }
            }
            close(descriptor)
            update { isEnded = true }
        }
    }

    /// Waits until `find` finds something in what was collected so far, the end comes or the time is over.
    func wait<R>(within limit: Duration, for find: ([UInt8]) -> R?) -> R? {
        let end = Date(timeIntervalSinceNow: limit / .seconds(1))
        changed.lock()
        defer { changed.unlock() }
        while true {
            if let found = find(bytes) { return found }
            if isEnded || !changed.wait(until: end) { return find(bytes) }
        }
    }

    /// All of it once it has ended, or what is there when the time is over.
    func all(within limit: Duration) -> [UInt8] {
        let end = Date(timeIntervalSinceNow: limit / .seconds(1))
        changed.lock()
        defer { changed.unlock() }
        while !isEnded, changed.wait(until: end) {}
        return bytes
    }

    private func update(_ body: () -> Void) {
        changed.lock()
        body()
        changed.broadcast()
        changed.unlock()
    }
}
