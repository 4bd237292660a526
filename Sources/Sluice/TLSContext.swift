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

    let handle: ContextHandle

    /// Whom a client's engines talk to unless told otherwise.
    let serverName: ServerName?

    /// How a client's engines check the server.
    let verification: PeerVerification?

    /// The two ends of a handshake.
    public enum Role: Hashable, Sendable {
        /// The end that sends the ClientHello.
        case client
        /// The end that answers it.
        case server
    }

    /// A context for clients.
    ///
    /// - Throws: `invalidConfiguration` that names the value, or what is wrong with the roots.
    public init(_ configuration: TLSClientConfiguration) throws(TLSError) {
        role = .client
        ringCapacity = configuration.parameters.ringCapacity
        serverName = configuration.serverName
        verification = configuration.verification
        handle = try ContextHandle.make(configuration.settings())
    }

    /// A context for servers.
    ///
    /// - Throws: `invalidConfiguration` that names the value, or what is wrong with an identity or the roots.
    public init(_ configuration: TLSServerConfiguration) throws(TLSError) {
        role = .server
        ringCapacity = configuration.parameters.ringCapacity
        serverName = nil
        verification = nil
        handle = try ContextHandle.make(configuration.settings())
    }
}

extension ContextHandle {
    fileprivate static func make(_ settings: ContextSettings) throws(TLSError) -> ContextHandle {
        do throws(SettingFailure) {
            return try ContextHandle(settings)
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
