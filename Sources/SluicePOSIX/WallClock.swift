/// The system's clocks, finer than whole seconds.
package enum WallClock {
    /// Now: since 1970, by the clock that people set.
    package static var sinceEpoch: Duration { SystemCalls.wallClock() }

    /// Since the machine began, by the clock that no one sets and that systemd goes by (`CLOCK_MONOTONIC`).
    package static var sinceStart: Duration { SystemCalls.monotonicClock() }
}
