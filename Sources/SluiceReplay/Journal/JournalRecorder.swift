public import Sluice
import Synchronization

/// Writes the journal of one engine while the engine works: a line at its beginning, then a line for each call.
///
/// ```
/// let recorder = JournalRecorder(recordedBy: "my service", writingTo: file.append)
/// let engine = try TLSEngine(context, seed: .random(), time: now, recorder: recorder)
/// ```
///
/// Nothing else changes: whoever drives the engine need not know. Each line goes to the sink when its call has returned, so
/// if the process dies, the journal is whole up to the last of them.
public final class JournalRecorder: TLSRecorder {
    private let recordedBy: String
    private let place: String?
    private let wallClock: UnixTime?
    private let elapsed: @Sendable () -> Duration
    private let sink: Mutex<@Sendable ([UInt8]) -> Void>

    /// A recorder of one engine.
    ///
    /// - Parameters:
    ///   - recordedBy: The program that records, in its own words.
    ///   - place: Who is at the other end, or where it is, in free words.
    ///   - wallClock: Now.
    ///   - elapsed: How long ago that was, whenever it is called; for people who read the journal.
    ///   - sink: Takes each line with its line feed, one at a time and in order. It holds secrets: a file of it must be its
    ///     owner's alone. A sink that fails keeps that to itself and tells its owner later; the engine goes on.
    public init(
        recordedBy: String,
        place: String? = nil,
        wallClock: UnixTime? = nil,
        elapsed: @escaping @Sendable () -> Duration = { .zero },
        writingTo sink: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.recordedBy = recordedBy
        self.place = place
        self.wallClock = wallClock
        self.elapsed = elapsed
        self.sink = Mutex(sink)
    }

    /// Writes the header.
    public func begin(_ beginning: TLSBeginning) {
        let header = JournalHeader(recordedBy: recordedBy, place: place, wallClock: wallClock, beginning: beginning)
        sink.withLock { $0(header.json.line) }
    }

    /// Writes an entry.
    public func record(_ call: TLSCall) {
        let line = JournalEntry(call, elapsed: elapsed()).json.line
        sink.withLock { $0(line) }
    }
}
