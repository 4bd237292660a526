internal import NIOCore
internal import Sluice
internal import SluicePOSIX

/// The one clock of the service: what policy and sessions are told as the time.
enum ServiceClock {
    /// Since whenever this machine started to count; never backwards.
    static var now: Duration { .nanoseconds(NIODeadline.now().uptimeNanoseconds) }
}

extension NIODeadline {
    /// The moment that the service's clock calls so.
    init(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        self = .uptimeNanoseconds(UInt64(max(0, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)))
    }
}

extension TimeAmount {
    /// As long; a century at the most.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(min(seconds, 3_155_760_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
