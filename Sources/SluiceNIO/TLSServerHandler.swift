public import Sluice

/// TLS for a channel that was accepted.
public final class TLSServerHandler: TLSHandler {
    /// A server's handler.
    ///
    /// - Parameters:
    ///   - context: Made from a `TLSServerConfiguration`. Shared by many channels.
    ///   - configuration: What else the channel's owner chooses.
    /// - Precondition: The context is a server's.
    /// - Throws: As the initialiser of `TLSEngine`.
    public init(
        context: TLSContext,
        configuration: TLSHandlerConfiguration = TLSHandlerConfiguration()
    ) throws(TLSError) {
        precondition(context.role == .server, "make a server's handler with TLSContext(TLSServerConfiguration(…))")
        super.init(try TLSEngine(context), configuration)
    }

    /// A handler of a server's engine that was made elsewhere: one with a seed, or with a recorder.
    public init(_ engine: consuming TLSEngine, configuration: TLSHandlerConfiguration = TLSHandlerConfiguration()) {
        super.init(engine, configuration)
    }
}
