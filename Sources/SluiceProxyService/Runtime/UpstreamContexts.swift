internal import Sluice
internal import Synchronization

/// The contexts for TLS with the servers of a route: one, or one for each application protocol where the client's is
/// offered.
final class UpstreamContexts: Sendable {
    /// The one without a client's protocol.
    let base: TLSContext

    private let settings: ProxyConfiguration.UpstreamTLS
    private let byProtocol = Mutex<[ApplicationProtocol: TLSContext]>([:])

    /// How many protocols have a context of their own. They come from the route's own list, so that is their bound too.
    private static let contextsMax = 64

    init(_ settings: ProxyConfiguration.UpstreamTLS, base: TLSContext) {
        self.settings = settings
        self.base = base
    }

    /// Whose certificate is wanted for a client that asked for `clientName`.
    ///
    /// - Throws: `invalidConfiguration` where it depends on the client and the client asked for nobody.
    func serverName(for clientName: String?) throws(TLSError) -> ServerName {
        switch settings.serverName {
        case .fixed(let name): return name
        case .fromClient:
            if let name = clientName.flatMap({ ServerName($0) }) { return name }
            let words = "the client asked for no server name, and the server's certificate is to bear it"
            throw TLSError(.invalidConfiguration, fault: .caller, words)
        }
    }

    /// The context that offers what was agreed on with the client.
    func context(for agreed: ApplicationProtocol?) throws(TLSError) -> TLSContext {
        guard settings.protocolOffer == .fromClient, let agreed else { return base }
        return try byProtocol.withLock { contexts throws(TLSError) in
            if let context = contexts[agreed] { return context }
            guard case .client(var configuration) = base.configuration else { return base }
            configuration.parameters.applicationProtocols = [agreed]
            let context = try TLSContext(configuration, seed: base.seed)
            if contexts.count < Self.contextsMax { contexts[agreed] = context }
            return context
        }
    }
}
