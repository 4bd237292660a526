/// What must hold after each step of a simulation, whatever the network does.
public enum Invariant: String, CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// What an end read is a prefix of what the other end of its own connection wrote: nothing is lost, moved, altered,
    /// or another connection's.
    case plaintextIsIntact = "plaintext is intact"
    /// Where the peer's close_notify was reached, everything that the peer wrote was read.
    case plaintextIsComplete = "plaintext is complete"
    /// Once a verb threw, each later verb but `drain` throws the same value, and `drain` goes on.
    case errorsAreSticky = "errors are sticky"
    /// Rings hold no more than their capacity, and queues no more than their limits.
    case memoryIsBounded = "memory is bounded"
    /// What an engine counted is what went in and came out.
    case countersAgree = "counters agree"
    /// What an engine says that it needs is there to be given, and gets it on.
    case needsAreTrue = "needs are true"
    /// A connection ends with close_notify both ways, or with an error that the faults of its link explain.
    case endIsExplained = "end is explained"
    /// Each step moves something, and some number of steps is the last.
    case progressIsMade = "progress is made"

    /// What it says: `plaintext is intact`.
    public var description: String { rawValue }
}
