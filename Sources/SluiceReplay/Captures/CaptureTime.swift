package import Sluice

/// When a packet was seen, in nanoseconds since 1970-01-01T00:00:00Z; good for 1678 to 2262.
package struct CaptureTime: Comparable, Hashable, Sendable {
    package let nanosecondsSince1970: Int64

    package init(nanosecondsSince1970: Int64) {
        self.nanosecondsSince1970 = nanosecondsSince1970
    }

    /// The beginning of a second. A moment too far away becomes the nearest that can be told.
    package init(_ time: UnixTime) {
        nanosecondsSince1970 = Int64(clamping: Int128(time.secondsSince1970) * Int128(nanosecondsPerSecond))
    }

    /// The second in which it falls.
    package var unixTime: UnixTime {
        let (quotient, remainder) = nanosecondsSince1970.quotientAndRemainder(dividingBy: nanosecondsPerSecond)
        return UnixTime(secondsSince1970: remainder < 0 ? quotient - 1 : quotient)
    }

    /// So much later, or as late as can be told.
    package func advanced(by duration: Duration) -> CaptureTime {
        let (seconds, attoseconds) = duration.components
        let whole = Int128(seconds) * Int128(nanosecondsPerSecond) + Int128(attoseconds / 1_000_000_000)
        return CaptureTime(nanosecondsSince1970: Int64(clamping: Int128(nanosecondsSince1970) + whole))
    }

    package static func < (left: CaptureTime, right: CaptureTime) -> Bool {
        left.nanosecondsSince1970 < right.nanosecondsSince1970
    }
}

private let nanosecondsPerSecond: Int64 = 1_000_000_000
