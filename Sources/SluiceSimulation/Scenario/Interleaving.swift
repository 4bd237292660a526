/// In which order the connections of a run take their steps. No connection notices: each has a clock and seeds of its own.
public enum Interleaving: CaseIterable, Hashable, Sendable {
    /// By virtual time, as a server would meet them.
    case byTime
    /// One connection after the other.
    case oneByOne
    /// Whichever, by the seed.
    case shuffled
}
