import Testing

/// A protocol with a real server of it, for what is the same with all of them.
struct ServedProtocol: CustomTestStringConvertible, Sendable {
    /// As `--starttls` has it.
    let name: String
    /// What it needs.
    let software: [Software]
    /// Starts a server.
    let start: @Sendable () throws -> RealServer

    /// Those whose servers are installed, of all or of some.
    static func installed(_ names: [String] = all.map(\.name)) -> [ServedProtocol] {
        all.filter { names.contains($0.name) && $0.software.allSatisfy { $0.path != nil } }
    }

    static let all = [
        ServedProtocol(name: "smtp", software: [.exim]) { try .exim() },
        ServedProtocol(name: "lmtp", software: [.dovecot, .dovecotLMTP]) { try .dovecot(.lmtp) },
        ServedProtocol(name: "imap", software: [.dovecot, .dovecotIMAP]) { try .dovecot(.imap) },
        ServedProtocol(name: "pop3", software: [.dovecot, .dovecotPOP3]) { try .dovecot(.pop3) },
        ServedProtocol(name: "ftp", software: [.proftpd, .proftpdTLS]) { try .proftpd() },
        ServedProtocol(name: "ldap", software: [.slapd]) { try .slapd() },
        ServedProtocol(name: "xmpp", software: [.prosody]) { try .prosody("c2s") },
        ServedProtocol(name: "postgres", software: [.postgres, .initdb]) { try .postgreSQL() },
        ServedProtocol(name: "mysql", software: [.mariaDB]) { try .mariaDB() },
    ]

    var testDescription: String { name }
}
