package import Sluice
package import SluiceReplay
internal import Synchronization

/// The journal of a connection in memory, whole or not at all: a recording that grows beyond its bound is dropped, as is one
/// for which all recordings together have no room.
///
/// It holds what decrypts the connection, and the key of a server.
package final class BoundedJournal: Sendable {
    private let bytesMax: Int
    private let budget: JournalBudget
    private let lines = Mutex(Lines.recorded([]))

    private enum Lines {
        case recorded([UInt8])
        case dropped
    }

    /// An empty journal, to be filled by ``recorder(recordedBy:place:wallClock:elapsed:)``.
    init(bytesMax: Int, budget: JournalBudget) {
        self.bytesMax = bytesMax
        self.budget = budget
    }

    deinit {
        budget.give(back: lines.withLock { if case .recorded(let bytes) = $0 { bytes.count } else { 0 } })
    }

    /// What an engine is told to record with. The engine and its context must have seeds.
    ///
    /// - Parameters:
    ///   - recordedBy: The program, in its own words.
    ///   - place: Who is at the other end.
    ///   - wallClock: Now.
    ///   - elapsed: How long ago that was, whenever it is called.
    /// - Returns: A recorder, for one engine.
    package func recorder(
        recordedBy: String,
        place: String?,
        wallClock: UnixTime,
        elapsed: @escaping @Sendable () -> Duration = { .zero }
    ) -> JournalRecorder {
        JournalRecorder(recordedBy: recordedBy, place: place, wallClock: wallClock, elapsed: elapsed) { line in
            self.append(line)
        }
    }

    /// Lets go of what was recorded, and of what follows: the connection ended well, or lives on.
    package func drop() {
        lines.withLock { drop(&$0) }
    }

    /// What was recorded; nil where it was dropped.
    package var bytes: [UInt8]? {
        lines.withLock { if case .recorded(let bytes) = $0 { bytes } else { nil } }
    }

    private func append(_ line: [UInt8]) {
        lines.withLock { lines in
            guard case .recorded(var bytes) = lines else { return }
            guard bytes.count + line.count <= bytesMax, budget.take(line.count) else { return drop(&lines) }
            // Let go of the other reference first, or each line would copy all that came before it.
            lines = .dropped
            bytes += line
            lines = .recorded(bytes)
        }
    }

    private func drop(_ lines: inout Lines) {
        if case .recorded(let bytes) = lines { budget.give(back: bytes.count) }
        lines = .dropped
    }
}

/// The bytes that all recordings have together.
final class JournalBudget: Sendable {
    private let room: Atomic<Int>

    init(bytes: Int) {
        room = Atomic(bytes)
    }

    /// Takes room, if there is so much.
    func take(_ count: Int) -> Bool {
        if room.subtract(count, ordering: .relaxed).newValue >= 0 { return true }
        give(back: count)
        return false
    }

    func give(back count: Int) {
        room.add(count, ordering: .relaxed)
    }
}
