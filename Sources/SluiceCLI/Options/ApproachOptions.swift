import ArgumentParser
import SluicePreamble

/// The options that say what the server is told before TLS.
struct ApproachOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask a server of this protocol to begin TLS; its port is the default one.",
            valueName: "protocol"
        )
    )
    var starttls: StartTLS.Application?

    @Option(
        help: ArgumentHelp(
            "The name to say before TLS: to SMTP this machine's, to XMPP the domain's.",
            valueName: "name"
        )
    )
    var starttlsName: String?

    @Option(
        help: ArgumentHelp(
            "Say first who connects, as proxies do. Without TCP of its own the header says just that.",
            valueName: "version"
        )
    )
    var proxyProtocol: ProxyHeader.Version?

    func validate() throws {
        if starttlsName != nil, starttls == nil { throw ValidationError("--starttls-name needs --starttls.") }
    }

    /// What is said.
    ///
    /// - Parameters:
    ///   - serverName: Who is expected there.
    ///   - isTraced: Whether each step is shown.
    /// - Returns: All of it.
    /// - Throws: For a name that can't be said.
    func approach(to serverName: String, isTraced: Bool) throws -> Approach {
        Approach(proxyHeader: proxyProtocol, startTLS: try startTLS(to: serverName), isTraced: isTraced)
    }

    private func startTLS(to serverName: String) throws -> StartTLS? {
        guard let starttls else { return nil }
        let name = try starttlsName.map(host)
        switch starttls {
        case .xmpp, .xmppServer: return StartTLS(starttls, to: try name ?? host(serverName))
        default: return StartTLS(starttls, to: .localhost, as: name ?? .localhost)
        }
    }

    private func host(_ text: String) throws -> PreambleHost {
        guard let host = PreambleHost(text) else {
            throw UsageError("\"\(text)\" can't be said before TLS: it is no host name or address; use --starttls-name")
        }
        return host
    }
}
