/// The bounds of the runtime, each with its reason.
enum RuntimeLimits {
    /// Turns of a connection in one go, before the loop's other connections have theirs.
    static let turnsMax = 16

    /// What a channel gets in one write, about: several records, fewer system calls.
    static let chunkBytes = 48 * 1024

    /// Pieces that such a write is made of. Engines give a ring's contents at a time, at least 1 KiB.
    static let piecesMax = 64

    /// Connections over the limit that may linger over their alert; further ones are reset.
    static let refusedConnectionsMax = 256

    /// How long a connection that may be idle for ever lasts at most after its end, while its peer takes what is left.
    static let endingMax = Duration.seconds(300)

    /// How often to look whether the kernel has delivered everything before a reset.
    static let unsentLook = Duration.milliseconds(10)

    /// How often to look whether connections have ended that the proxy waits for before it stops.
    static let drainLook = Duration.milliseconds(20)

    /// Sessions that are kept for each route to resume with its servers.
    static let upstreamSessionsMax = 64

    /// Descriptors that no connection may take: listeners, event loops (three each), logs, the files of a reload, those
    /// who watch, probes, and what libraries open for a moment.
    static let descriptorsKept = 64

    /// A connection's: the client's and the server's.
    static let descriptorsPerConnection = 2

    /// Accepted by a listening socket in one go, before the loop's connections have their turn.
    static let acceptsMax: UInt = 4

    /// Until a socket is asked again for clients after the system couldn't give one.
    static let acceptPause = Duration.milliseconds(250)

    /// Between lines that say that clients wait for descriptors.
    static let descriptorsToldEvery = Duration.seconds(10)
}
