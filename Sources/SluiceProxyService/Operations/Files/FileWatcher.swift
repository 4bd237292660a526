/// The changes of some files, found by looking at them now and then: it works on any file system, and needs no descriptor.
///
/// Each element has the paths of the files that changed, came or went, sorted, once they stand still for an interval. It ends
/// when its task is cancelled.
package struct FileWatcher: AsyncSequence, Sendable {
    private let paths: [String]
    private let interval: Duration
    private let stamps: FileStamps
    private let clock: any Clock<Duration>

    /// A watcher of these files.
    ///
    /// - Parameters:
    ///   - paths: Where they are; a file needn't be there yet.
    ///   - interval: How often to look.
    ///   - stamps: What they were like when they were read last; taken before that, no change is missed.
    ///   - clock: What the interval goes by.
    package init(
        _ paths: some Sequence<String>,
        every interval: Duration,
        since stamps: FileStamps,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.paths = Set(paths).sorted()
        self.interval = interval
        self.stamps = stamps
        self.clock = clock
    }

    /// Looks from the stamps on.
    package func makeAsyncIterator() -> Iterator {
        Iterator(paths: paths, interval: interval, clock: clock, changes: SettlingChanges(since: stamps))
    }

    /// Looks while somebody waits for a change.
    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let paths: [String]
        fileprivate let interval: Duration
        fileprivate let clock: any Clock<Duration>
        fileprivate var changes: SettlingChanges

        /// The paths of the files that changed; nil when the task is cancelled.
        package mutating func next() async -> [String]? {
            while (try? await clock.sleep(for: interval)) != nil {
                let changed = changes.look(at: FileStamps(of: paths))
                if !changed.isEmpty { return changed }
            }
            return nil
        }
    }
}
