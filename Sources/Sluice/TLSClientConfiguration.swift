/// What a client is made from.
public struct TLSClientConfiguration: Hashable, Sendable {
    /// Whom to talk to: sent to the server if it is a host name (SNI, RFC 6066 §3), and looked for in its certificate.
    public var serverName: ServerName

    /// How the server's certificate is judged.
    public var verification = PeerVerification.default

    /// What to present to a server that asks who the client is.
    public var identity: TLSIdentity?

    /// The settings that both roles share.
    public var parameters = TLSParameters()

    /// A client of this server, with everything checked.
    public init(serverName: ServerName) {
        self.serverName = serverName
    }

    /// A client of this server, with everything checked.
    public static func client(to serverName: ServerName) -> TLSClientConfiguration {
        TLSClientConfiguration(serverName: serverName)
    }
}
