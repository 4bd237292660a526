public import NIOCore
public import Sluice

/// TLS for NIO's universal client bootstrap, `NIOClientTCPBootstrap`.
public struct SluiceClientTLSProvider<Bootstrap: NIOClientTCPBootstrapProtocol>: NIOClientTLSProvider {
    private let context: TLSContext
    private let serverName: ServerName?
    private let configuration: TLSHandlerConfiguration

    /// A provider of client handlers.
    ///
    /// - Parameters:
    ///   - context: Made from a `TLSClientConfiguration`.
    ///   - serverName: Whom to talk to instead of the context's server.
    ///   - configuration: What else the channel's owner chooses.
    /// - Throws: What every handler's initialiser would throw.
    public init(
        context: TLSContext,
        to serverName: ServerName? = nil,
        configuration: TLSHandlerConfiguration = TLSHandlerConfiguration()
    ) throws(TLSError) {
        // Tried here, where it can be thrown.
        _ = try TLSClientHandler(context: context, to: serverName)
        self.context = context
        self.serverName = serverName
        self.configuration = configuration
    }

    /// Puts a client's handler first in the pipelines of the bootstrap's channels. The bootstrap calls it.
    public func enableTLS(_ bootstrap: Bootstrap) -> Bootstrap {
        bootstrap.protocolHandlers { [context, serverName, configuration] in
            guard
                let handler = try? TLSClientHandler(context: context, to: serverName, configuration: configuration)
            else { preconditionFailure("no memory for a TLS connection") }
            return [handler]
        }
    }
}

extension SluiceClientTLSProvider: Sendable where Bootstrap: Sendable {}
