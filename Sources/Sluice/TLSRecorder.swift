/// Is told everything that happens to an engine, in order: what it was made from, then each call.
///
/// An engine tells its recorder at the end of a verb, outside of OpenSSL, and one call at a time. The recorder can't reach
/// the engine. What it gets holds secrets: seeds, keys and plaintext.
public protocol TLSRecorder: AnyObject, Sendable {
    /// An engine was made.
    func begin(_ beginning: TLSBeginning)
    /// A verb of it ran.
    func record(_ call: TLSCall)
}

/// Everything that a repeatable engine is made from.
public struct TLSBeginning: Sendable {
    /// What its context was made from.
    public let configuration: TLSConfiguration
    /// What its context's own randomness comes from: the key of its session tickets.
    public let contextSeed: RandomSeed
    /// Whom a client talks to, if not to the configuration's server.
    public let serverName: ServerName?
    /// What a client offered to resume.
    public let session: TLSSession?
    /// What the engine's randomness comes from.
    public let seed: RandomSeed
    /// The engine's clock at its beginning.
    public let time: UnixTime

    /// A beginning of these parts.
    public init(
        configuration: TLSConfiguration,
        contextSeed: RandomSeed,
        serverName: ServerName? = nil,
        session: TLSSession? = nil,
        seed: RandomSeed,
        time: UnixTime
    ) {
        self.configuration = configuration
        self.contextSeed = contextSeed
        self.serverName = serverName
        self.session = session
        self.seed = seed
        self.time = time
    }

    /// An engine in the state in which the recorded one began, with a context of its own.
    ///
    /// - Throws: ``TLSError`` where this OpenSSL can't use the configuration.
    public func makeEngine(recorder: (any TLSRecorder)? = nil) throws(TLSError) -> TLSEngine {
        let context = try TLSContext(configuration, seed: contextSeed)
        return try TLSEngine(
            context,
            to: serverName,
            resuming: session,
            seed: seed,
            time: time,
            recorder: recorder
        )
    }
}
