public import Sluice

/// What becomes of a client, once its ClientHello is known.
public enum ClientPlan: Sendable {
    /// TLS ends here.
    case terminate(Termination)
    /// Its bytes go on as they are, the ClientHello included.
    case forward
    /// It gets this alert, in the clear; a client without TLS is reset.
    case refuse(TLSAlert)
}

/// How TLS of a client ends here.
public struct Termination: Sendable {
    /// A server's context: identities, versions, client authentication and so on.
    public var context: TLSContext

    /// For an engine that can be repeated: the context must have a seed then.
    public var repetition: EngineRepetition?

    /// TLS by this context of a server's.
    public init(_ context: TLSContext, repetition: EngineRepetition? = nil) {
        self.context = context
        self.repetition = repetition
    }
}

/// What becomes of a session once its upstream is connected.
public enum UpstreamPlan: Sendable {
    /// The upstream gets plaintext: what the client sent, or what TLS of the client's carried.
    case plaintext
    /// The upstream gets TLS.
    case originate(Origination)
}

/// How TLS to an upstream begins here.
public struct Origination: Sendable {
    /// A client's context: verification, identity, versions and so on.
    public var context: TLSContext

    /// Whose certificate is wanted; nil: whom the context names.
    public var serverName: ServerName?

    /// A session of an earlier connection to the same server.
    public var session: TLSSession?

    /// For an engine that can be repeated: the context must have a seed then.
    public var repetition: EngineRepetition?

    /// TLS by this context of a client's.
    public init(
        _ context: TLSContext,
        to serverName: ServerName? = nil,
        resuming session: TLSSession? = nil,
        repetition: EngineRepetition? = nil
    ) {
        self.context = context
        self.serverName = serverName
        self.session = session
        self.repetition = repetition
    }
}

/// What makes an engine repeatable, and who is told what it does.
public struct EngineRepetition: Sendable {
    /// Where its randomness comes from.
    public var seed: RandomSeed

    /// Its clock.
    public var time: UnixTime

    /// Who is told everything.
    public var recorder: (any TLSRecorder)?

    /// An engine of this seed.
    public init(seed: RandomSeed, time: UnixTime, recorder: (any TLSRecorder)? = nil) {
        self.seed = seed
        self.time = time
        self.recorder = recorder
    }
}
