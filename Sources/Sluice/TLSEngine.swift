internal import SluiceOpenSSL

/// A TLS connection that owns no transport.
///
/// ```
///              plaintext side                                ciphertext side
///   write(bytes) ────────────►┌──────────────────────┐────────────► drain(into:)
///                             │        engine        │
///   read(into:)  ◄────────────└──────────────────────┘◄──────────── feed(bytes)
///                  nextEvent() · decisions · close() · feedEOF()
/// ```
///
/// Each verb takes the engine as far as the bytes allow; there is no separate step to forget. `feed` and `write` say how
/// many bytes they took: fewer than offered means `read`, `drain`, then offer the rest. Wanting bytes is a state,
/// ``needs``, and no error. What throws is the end of the connection, and every later verb throws the same value, but
/// `drain`, which never throws: the last flight and the fatal alert are never lost. (`write` after ``close()`` throws
/// too, and leaves the rest of the connection alone.)
///
/// One owner at a time: the engine is noncopyable. It may move between threads, as nothing in it belongs to one.
public struct TLSEngine: ~Copyable, Sendable {
    /// The fence around libssl.
    var connection: ConnectionHandle

    /// Where the connection is in its life.
    var life = EngineLife.handshaking

    /// What the engine was made from, kept for what an `SSL_CTX` doesn't hold.
    let context: TLSContext

    /// Whom a client talks to.
    let serverName: ServerName?

    /// Who is told of each call, if anybody.
    let recorder: (any TLSRecorder)?

    /// Bytes that passed, see ``TLSEngine/counters``.
    var traffic = Traffic()

    /// Whether the last turn stopped because the outbound ring was full, so that draining gets further.
    var isWaitingForRoom = false

    /// Whether the owner said that no more bytes will come.
    var isInputEnded = false

    /// Tickets that wait for the first write.
    var ticketsHeld = 0

    /// What was negotiated, once the handshake has completed.
    public internal(set) var summary: HandshakeSummary?

    /// An engine of a context.
    ///
    /// - Parameters:
    ///   - context: For a client or a server; it decides the role.
    ///   - serverName: On a client, whom to talk to instead of the context's server. Of no effect on a server.
    ///   - session: On a client, what to resume. One that has expired, or was made by an engine that judges servers in
    ///     another way, isn't offered; ``HandshakeSummary/isResumed`` tells what came of it. Of no effect on a server.
    /// - Throws: `invalidSession` for a session of another server, `invalidConfiguration` for a context with a seed.
    public init(
        _ context: TLSContext,
        to serverName: ServerName? = nil,
        resuming session: TLSSession? = nil
    ) throws(TLSError) {
        try context.checkUnseeded()
        let serverName = serverName ?? context.serverName
        connection = try context.makeConnection(to: serverName, resuming: session)
        self.context = context
        self.serverName = serverName
        recorder = nil
        // A client's ClientHello. A failure here is thrown by the first verb.
        advance()
    }

    /// An engine that can be repeated: a pure function of what it is made from and of the calls made of it.
    ///
    /// Not a byte of what it does depends on the machine's clock, on other engines, on threads or on the process. It is
    /// as safe as its seed is secret, and no seed may serve two engines.
    ///
    /// - Parameters:
    ///   - context: Made with a seed too.
    ///   - serverName: On a client, whom to talk to instead of the context's server.
    ///   - session: On a client, what to resume.
    ///   - seed: Where the engine's randomness comes from.
    ///   - time: The engine's clock, which judges certificates and sessions and stamps tickets, until ``setTime(_:)``. It
    ///     goes before ``TLSParameters/time``.
    ///   - recorder: Who is told of each call.
    /// - Throws: `invalidSession` for a session of another server, `invalidConfiguration` for a context without a seed.
    public init(
        _ context: TLSContext,
        to serverName: ServerName? = nil,
        resuming session: TLSSession? = nil,
        seed: RandomSeed,
        time: UnixTime,
        recorder: (any TLSRecorder)? = nil
    ) throws(TLSError) {
        let contextSeed = try context.requiredSeed
        let peer = serverName ?? context.serverName
        connection = try context.makeConnection(to: peer, resuming: session, seed: seed, time: time)
        self.context = context
        self.serverName = peer
        self.recorder = recorder
        recorder?.begin(
            TLSBeginning(
                configuration: context.configurationWithRoots,
                contextSeed: contextSeed,
                serverName: serverName,
                session: session,
                seed: seed,
                time: time
            )
        )
        advance()
    }

    /// A client with a context of its own. For more than one connection make a ``TLSContext`` and share it.
    public init(_ configuration: TLSClientConfiguration, resuming session: TLSSession? = nil) throws(TLSError) {
        try self.init(TLSContext(configuration), resuming: session)
    }

    /// A server with a context of its own. For more than one connection make a ``TLSContext`` and share it.
    public init(_ configuration: TLSServerConfiguration) throws(TLSError) {
        try self.init(TLSContext(configuration))
    }
}
