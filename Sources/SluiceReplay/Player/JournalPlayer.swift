public import Sluice

/// Replays journals from end to end.
public enum JournalPlayer {
    /// What a replay that matched went through.
    public struct Summary: Hashable, Sendable {
        /// Calls repeated.
        public let entryCount: Int
        /// Bytes and records that passed.
        public let counters: TLSCounters
        /// Where the engine was at the end.
        public let state: TLSEngine.State
    }

    /// Makes a journal's engine and repeats every call of it, strictly and with no network.
    ///
    /// - Throws: ``Divergence`` at the first call that comes to something else than was recorded.
    public static func replay(_ journal: Journal) throws(Divergence) -> Summary {
        var replay = try JournalReplay(journal)
        try replay.finish()
        return Summary(
            entryCount: replay.position,
            counters: replay.engine.counters,
            state: replay.engine.state
        )
    }
}
