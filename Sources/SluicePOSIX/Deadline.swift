/// Until when something may take, on the clock that no one sets.
public struct Deadline: Hashable, Sendable {
    private let instant: ContinuousClock.Instant?

    /// It may take for ever.
    public static let never = Deadline(instant: nil)

    /// So long from now.
    public static func after(_ duration: Duration) -> Deadline {
        Deadline(instant: .now + duration)
    }

    /// So long from now, or for ever.
    public static func after(_ duration: Duration?) -> Deadline {
        duration.map { after($0) } ?? .never
    }

    /// Whether the time is over.
    public var isPassed: Bool { instant.map { $0 <= .now } ?? false }

    /// The time that is left, not negative; nil for ever.
    public var remaining: Duration? { instant.map { max(.zero, ContinuousClock.now.duration(to: $0)) } }

    /// The earlier one.
    public static func earlier(_ one: Deadline, _ other: Deadline) -> Deadline {
        guard let first = one.instant else { return other }
        guard let second = other.instant else { return one }
        return first <= second ? one : other
    }

    /// The time that is left for poll(2), in whole milliseconds rounded up so that no wait ends early; -1 for ever.
    var pollMilliseconds: CInt {
        guard let remaining else { return -1 }
        let (seconds, attoseconds) = remaining.components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return CInt(seconds) * 1000 + CInt((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
