import SluicePOSIX
import SluiceReplay

/// What `sluice replay` says while it works and at its end.
struct ReplayReport {
    private let isJSON: Bool
    private let start = ContinuousClock.now
    private var progress: ProgressBar
    private var matched = 0
    private var diverged = 0
    private var unreadable = 0
    private var byteCount: UInt64 = 0

    /// A report of so many journals.
    init(total: Int, isJSON: Bool) {
        self.isJSON = isJSON
        progress = ProgressBar(total: total, isShown: StandardStreams.isErrorWatched)
        progress.show(0, failed: 0)
    }

    /// Tells of the next journal.
    mutating func add(_ check: JournalCheck) throws(TransportError) {
        switch check.result {
        case .matched(let summary):
            matched += 1
            byteCount += summary.byteCount
        case .diverged: diverged += 1
        case .unreadable: unreadable += 1
        }
        progress.clear()
        try StandardStreams.print(isJSON ? check.json.line : check.text)
        progress.show(count, failed: count - matched)
    }

    /// Tells of all of them.
    mutating func finish() throws(TransportError) {
        progress.clear()
        try StandardStreams.print(isJSON ? json.line : text)
    }

    /// The exit code that they come to.
    var reason: ExitReason {
        if diverged > 0 { return .diverged }
        return unreadable > 0 ? .usage : .clean
    }

    private var count: Int { matched + diverged + unreadable }

    /// `57 of 60 journals match (2 diverged, 1 unreadable); 1.2 MB in 0.41 s, 146 journals a second`
    private var text: String {
        let duration = start.duration(to: .now)
        var words = "\(matched) of \(count) \(count == 1 ? "journal matches" : "journals match")"
        if count > matched { words += " (\(diverged) diverged, \(unreadable) unreadable)" }
        return "\(words); \(byteCount.inBytes) in \(duration.inSeconds), \(perSecond(duration)) journals a second\n"
    }

    private var json: JSONText {
        let duration = start.duration(to: .now)
        return [
            "journals": .number(count), "matched": .number(matched), "diverged": .number(diverged),
            "unreadable": .number(unreadable), "bytes": .number(byteCount),
            "microseconds": .number(duration.microseconds), "journalsPerSecond": .number(perSecond(duration)),
        ]
    }

    private func perSecond(_ duration: Duration) -> Int {
        count * 1_000_000 / max(1, duration.microseconds)
    }
}
