internal import SluiceOpenSSL

/// What many connections share: one `SSL_CTX`. Immutable, cheap to share between threads, and kept alive by its engines.
///
/// Making one parses and checks everything; an engine made from it costs little. To change something (rotate a
/// certificate, a ticket key) make another and use it for new engines.
public final class TLSContext: Sendable {
    /// The role that its engines play.
    public let role: Role

    /// Bytes in each ring of its engines.
    public let ringCapacity: Int

    /// What it was made from.
    public let configuration: TLSConfiguration

    /// What its own randomness comes from, the key of its session tickets, where its engines can be repeated; nil where
    /// it is the system's.
    public let seed: RandomSeed?

    let handle: ContextHandle

    /// Whom a client's engines talk to unless told otherwise.
    let serverName: ServerName?

    /// How a client's engines check the server.
    let verification: PeerVerification?

    /// What it was made from, with the roots that were read from the system or from files in the place of their names.
    package var configurationWithRoots: TLSConfiguration {
        switch configuration {
        case .client(var configuration):
            nameRoots(of: &configuration.verification)
            return .client(configuration)
        case .server(var configuration):
            configuration.clientAuthentication = configuration.clientAuthentication.mapVerification(nameRoots)
            return .server(configuration)
        }
    }

    private func nameRoots(of verification: inout PeerVerification) {
        guard verification.roots.givenContents == nil, let store = handle.settings.verification.store else { return }
        verification.roots = .contents(of: store)
    }

    /// The two ends of a handshake.
    public enum Role: Hashable, Sendable {
        /// The end that sends the ClientHello.
        case client
        /// The end that answers it.
        case server
    }

    /// A context for clients.
    ///
    /// - Parameters:
    ///   - configuration: What to make it from.
    ///   - seed: For engines that can be repeated, see ``TLSEngine/init(_:to:resuming:seed:time:recorder:)``; nil for
    ///     ordinary ones.
    /// - Throws: `invalidConfiguration` that names the value, or what is wrong with the roots.
    public init(_ configuration: TLSClientConfiguration, seed: RandomSeed? = nil) throws(TLSError) {
        role = .client
        self.configuration = .client(configuration)
        self.seed = seed
        ringCapacity = configuration.parameters.ringCapacity
        serverName = configuration.serverName
        verification = configuration.verification
        handle = try ContextHandle.make(configuration.settings(), seed: seed)
    }

    /// A context for servers.
    ///
    /// A server whose engines can be repeated remembers no sessions for TLS 1.2 clients without tickets: what is
    /// remembered would depend on other connections.
    ///
    /// - Parameters:
    ///   - configuration: What to make it from.
    ///   - seed: For engines that can be repeated, see ``TLSEngine/init(_:to:resuming:seed:time:recorder:)``; nil for
    ///     ordinary ones.
    /// - Throws: `invalidConfiguration` that names the value, or what is wrong with an identity or the roots.
    public init(_ configuration: TLSServerConfiguration, seed: RandomSeed? = nil) throws(TLSError) {
        role = .server
        self.configuration = .server(configuration)
        self.seed = seed
        ringCapacity = configuration.parameters.ringCapacity
        serverName = nil
        verification = nil
        handle = try ContextHandle.make(configuration.settings(), seed: seed)
    }

    /// A context for either role.
    public convenience init(_ configuration: TLSConfiguration, seed: RandomSeed? = nil) throws(TLSError) {
        switch configuration {
        case .client(let configuration): try self.init(configuration, seed: seed)
        case .server(let configuration): try self.init(configuration, seed: seed)
        }
    }
}

extension ContextHandle {
    fileprivate static func make(_ settings: ContextSettings, seed: RandomSeed?) throws(TLSError) -> ContextHandle {
        do throws(SettingFailure) {
            return try ContextHandle(settings, seed: seed?.streamKey(for: "context"))
        } catch {
            var failure = TLSError(
                .invalidConfiguration,
                fault: .caller,
                "\(error.setting) \"\(error.value)\" can't be used"
            )
            failure.openSSLWords = error.openSSL.words
            throw failure
        }
    }
}
