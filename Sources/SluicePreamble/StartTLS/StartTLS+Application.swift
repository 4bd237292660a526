extension StartTLS {
    /// The protocols that go from plaintext to TLS on one port.
    ///
    /// The raw values are those of `openssl s_client -starttls`.
    public enum Application: String, CaseIterable, Hashable, Sendable {
        /// Mail between servers, and its submission: EHLO and STARTTLS, RFC 3207.
        case smtp
        /// Mail to a mailbox: LHLO and STARTTLS, RFC 2033 and RFC 3207.
        case lmtp
        /// CAPABILITY and STARTTLS, RFC 9051 §6.2.1.
        case imap
        /// CAPA and STLS, RFC 2595 §4.
        case pop3
        /// AUTH TLS, RFC 4217 §4.
        case ftp
        /// The extended request 1.3.6.1.4.1.1466.20037, RFC 4511 §4.14.
        case ldap
        /// From a client to its server: `<starttls/>`, RFC 6120 §5.
        case xmpp
        /// From server to server: `<starttls/>`, RFC 6120 §5.
        case xmppServer = "xmpp-server"
        /// SSLRequest, in PostgreSQL's "Message Flow" under "SSL Session Encryption".
        ///
        /// PostgreSQL 17 also takes TLS at once, with ALPN `postgresql`; then no preamble is needed.
        case postgresql = "postgres"
        /// MySQL and MariaDB: the handshake of version 10 and an SSLRequest packet.
        ///
        /// The login that follows in TLS has the packet number 2, and its first 9 bytes repeat what the SSLRequest
        /// said: capabilities 0x8a01 (or with more bits), 16 MiB a packet, character set 45 (utf8mb4).
        case mysql

        /// The protocol of this name, as `openssl s_client` calls it or as it calls itself: `postgres`, `postgresql`.
        public init?(name: String) {
            switch name.lowercased() {
            case "postgresql": self = .postgresql
            case let name: self.init(rawValue: name)
            }
        }

        /// The port where servers of this protocol listen by default. For `smtp` that of servers; clients submit mail
        /// on 587.
        public var defaultPort: UInt16 {
            switch self {
            case .smtp: 25
            case .lmtp: 24
            case .imap: 143
            case .pop3: 110
            case .ftp: 21
            case .ldap: 389
            case .xmpp: 5222
            case .xmppServer: 5269
            case .postgresql: 5432
            case .mysql: 3306
            }
        }
    }
}
