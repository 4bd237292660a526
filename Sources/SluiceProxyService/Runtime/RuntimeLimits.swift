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

    /// Sessions that are kept for each route to resume with its servers.
    static let upstreamSessionsMax = 64
}
