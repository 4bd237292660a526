public import Sluice

/// TLS for a channel that connects.
public final class TLSClientHandler: TLSHandler {
    /// A client's handler.
    ///
    /// - Parameters:
    ///   - context: Made from a `TLSClientConfiguration`, which names the server. Shared by many channels.
    ///   - serverName: Whom to talk to instead of the context's server.
    ///   - session: What to resume.
    ///   - configuration: What else the channel's owner chooses.
    /// - Precondition: The context is a client's.
    /// - Throws: As the initialiser of `TLSEngine`.
    public init(
        context: TLSContext,
        to serverName: ServerName? = nil,
        resuming session: TLSSession? = nil,
        configuration: TLSHandlerConfiguration = TLSHandlerConfiguration()
    ) throws(TLSError) {
        precondition(context.role == .client, "make a client's handler with TLSContext(TLSClientConfiguration(…))")
        super.init(try TLSEngine(context, to: serverName, resuming: session), configuration)
    }

    /// A handler of a client's engine that was made elsewhere: one with a seed, or with a recorder.
    public init(_ engine: consuming TLSEngine, configuration: TLSHandlerConfiguration = TLSHandlerConfiguration()) {
        super.init(engine, configuration)
    }
}
