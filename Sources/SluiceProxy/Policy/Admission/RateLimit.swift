/// A token bucket as one moment (the generic cell rate algorithm, ITU-T I.371): exact, and without fractions of tokens.
struct RateLimit: Hashable, Sendable {
    /// When the bucket is full again.
    private var full = Duration.zero

    /// Whether a token was there; it is taken.
    ///
    /// - Parameters:
    ///   - perSecond: Tokens that flow in per second, at least 1.
    ///   - burst: Tokens that the bucket holds, at least 1.
    ///   - now: The moment, at or after that of the call before.
    /// - Returns: False if the bucket was empty.
    mutating func take(perSecond: Int, burst: Int, at now: Duration) -> Bool {
        let interval = Duration.seconds(1) / max(1, perSecond)
        let full = max(full, now)
        guard full - now <= interval * (max(1, burst) - 1) else { return false }
        self.full = full + interval
        return true
    }
}
