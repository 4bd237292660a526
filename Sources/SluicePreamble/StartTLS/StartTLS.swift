/// Asks a server of a plaintext protocol to begin TLS, and stops at the byte behind its go-ahead.
///
/// It asks only where the server announces that it can, if the protocol announces such things. A server that can't, or
/// somebody on the way who hides that it can, makes an error and never a connection without TLS.
///
/// The server's capabilities may differ once TLS stands: ask for them again, as each of the protocols demands.
public struct StartTLS: Preamble {
    /// The protocol that is spoken.
    public let application: Application

    private var run: any Preamble

    /// A client of this protocol.
    ///
    /// - Parameters:
    ///   - application: The protocol that the server speaks.
    ///   - server: The server's name. XMPP says it to the server, the others don't.
    ///   - client: This machine's name. SMTP and LMTP say it to the server; many want one that resolves before they
    ///     take mail, none before TLS.
    public init(_ application: Application, to server: PreambleHost, as client: PreambleHost = .localhost) {
        self.application = application
        run =
            switch application {
            case .smtp: DialogueRun(SMTPDialogue(verb: "EHLO", client: client))
            case .lmtp: DialogueRun(SMTPDialogue(verb: "LHLO", client: client))
            case .imap: DialogueRun(IMAPDialogue())
            case .pop3: DialogueRun(POP3Dialogue())
            case .ftp: DialogueRun(FTPDialogue())
            case .ldap: DialogueRun(LDAPDialogue())
            case .xmpp: DialogueRun(XMPPDialogue(between: .client, to: server))
            case .xmppServer: DialogueRun(XMPPDialogue(between: .server, to: server))
            case .postgresql: DialogueRun(PostgreSQLDialogue())
            case .mysql: DialogueRun(MySQLDialogue())
            }
    }

    /// Whether the server said go ahead. What `drain` still gives must be sent before the first byte of TLS.
    public var isFinished: Bool { run.isFinished }

    /// Takes bytes that arrived from the server, cut anywhere, and none behind the go-ahead.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the rest is TLS.
    /// - Throws: ``PreambleError`` when there will be no TLS; every later call throws the same value.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        try run.feed(bytes)
    }

    /// Takes the news that the server will send nothing more. Without effect once it said go ahead.
    ///
    /// - Throws: ``PreambleError/Code/truncated``, or ``PreambleError/Code/refused`` if the server had said why.
    public mutating func feedEOF() throws(PreambleError) {
        try run.feedEOF()
    }

    /// What to send to the server now; empty if nothing.
    public mutating func drain() -> [UInt8] {
        run.drain()
    }
}
