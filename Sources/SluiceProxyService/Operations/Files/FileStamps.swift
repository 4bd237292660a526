package import SluicePOSIX

/// What some files are like at one moment; links are followed, so one that is led elsewhere is another file, as Kubernetes
/// changes its secrets.
package struct FileStamps: Hashable, Sendable {
    /// The stamps of those that are there, by path.
    package let stamps: [String: FileStamp]

    /// Stamps that are known.
    package init(_ stamps: [String: FileStamp]) {
        self.stamps = stamps
    }

    /// Looks at the files now.
    package init(of paths: some Sequence<String>) {
        stamps = paths.reduce(into: [:]) { $0[$1] = Files.stamp(of: $1) }
    }

    /// These, and those of other files.
    package func merging(_ others: FileStamps) -> FileStamps {
        FileStamps(stamps.merging(others.stamps) { own, _ in own })
    }

    /// The paths of those that changed, came or went, sorted.
    package func differences(from other: FileStamps) -> [String] {
        Set(stamps.keys).union(other.stamps.keys).filter { stamps[$0] != other.stamps[$0] }.sorted()
    }
}

/// Tells when files have changed and stand still: a certificate and its key aren't written in one moment.
package struct SettlingChanges: Sendable {
    private var told: FileStamps
    private var seen: FileStamps
    private var unrest = 0

    /// Changes since a moment.
    package init(since stamps: FileStamps) {
        told = stamps
        seen = stamps
    }

    /// Takes what the files are like now.
    ///
    /// - Returns: The paths of those that changed, if two looks in turn agree, or if they never do; sorted.
    package mutating func look(at now: FileStamps) -> [String] {
        let isSettled = now == seen
        seen = now
        let changed = now.differences(from: told)
        unrest = isSettled || changed.isEmpty ? 0 : unrest + 1
        guard isSettled || unrest > OperationsLimits.unsettledLooksMax, !changed.isEmpty else { return [] }
        told = now
        unrest = 0
        return changed
    }
}
