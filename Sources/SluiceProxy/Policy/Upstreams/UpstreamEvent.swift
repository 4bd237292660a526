/// Something about a server that is worth a line in the log.
public enum UpstreamEvent: Hashable, Sendable {
    /// Connections to it failed: it is left alone for so long.
    case ejected(for: Duration)

    /// A connection to it succeeded: it is no longer left alone.
    case returned

    /// Checks failed: it gets no connections.
    case down

    /// Checks succeeded: it gets connections again.
    case up
}
