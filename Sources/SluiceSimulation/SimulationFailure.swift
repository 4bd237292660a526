/// An invariant that didn't hold: a bug in the engine, or in the simulation. Its words hold no secret, as a simulation has
/// none.
public struct SimulationFailure: Error, Hashable, Sendable {
    /// What should have held.
    public let invariant: Invariant

    /// What was seen instead.
    public let words: String

    /// The number of the connection in its run, if there are many.
    public var connection: Int?

    /// How long the connection had lasted.
    public var time = Duration.zero

    /// The seed of the run or the link.
    public var seed: UInt64 = 0

    /// A command line that shows it again, if a scenario was run.
    public var reproduction: String?

    /// A failure of an invariant, in these words.
    package init(_ invariant: Invariant, _ words: String) {
        self.invariant = invariant
        self.words = words
    }
}

extension SimulationFailure: CustomStringConvertible {
    /// The invariant, the words and what shows it again, in one line.
    public var description: String {
        var line = "not true that \(invariant): \(words) (seed \(seed)"
        if let connection { line += ", connection \(connection)" }
        line += ", after \(time))"
        if let reproduction { line += "; again: \(reproduction)" }
        return line
    }
}
