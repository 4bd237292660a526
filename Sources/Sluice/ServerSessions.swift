internal import SluiceOpenSSL

/// How a server lets clients resume.
public struct ServerSessions: Hashable, Sendable {
    /// Tickets after a full TLS 1.3 handshake, `0...16`. 0 turns tickets off in TLS 1.2 too.
    public var ticketCount = 2

    /// How long a session may be resumed, `1...604800` seconds (7 days, RFC 8446 §4.6.1).
    public var lifetime = Duration.seconds(7200)

    /// Keys that encrypt tickets: the first issues, all accept. Empty: a key that libssl makes for the context.
    ///
    /// Servers that share keys resume each other's sessions. To rotate, put the new key first and make a new
    /// ``TLSContext``; engines in flight keep theirs.
    public var ticketKeys: [SessionTicketKey] = []

    /// Whether TLS 1.3 tickets wait until the first write. A peer that never reads then never has any in its way.
    public var holdsTicketsUntilFirstWrite = false

    /// How many sessions the context remembers for TLS 1.2 clients without tickets. 0: none.
    public var cacheSessionsMax = 1024

    /// What this server's sessions are for, in bytes of your choice: OpenSSL's session id context.
    ///
    /// Servers that share ticket keys resume a session only where it says the same; elsewhere the client has a full
    /// handshake. How clients are judged (roots, revocation lists, whether one must present a certificate) is told apart
    /// without it. What Sluice can't see isn't: a rule of yours about clients' names, or the route that a name chose.
    public var context: [UInt8] = []

    /// The defaults.
    public init() {}
}

/// A key for session tickets, 80 bytes or 48 as in nginx's `ssl_session_ticket_key`.
public struct SessionTicketKey: Hashable, Sendable, CustomStringConvertible {
    let key: TicketKey

    /// A key from a file's bytes: 80 (name 16, HMAC-SHA-256 key 32, AES-256 key 32) or 48 (name 16, AES-128 key 16,
    /// HMAC-SHA-256 key 16), or nil for any other length.
    ///
    /// The order of the parts is nginx's, so that key files can be shared with it.
    public init?(bytes: [UInt8]) {
        let parsed: TicketKey? =
            switch bytes.count {
            case 80:
                TicketKey(name: Array(bytes[0..<16]), macKey: Array(bytes[16..<48]), cipherKey: Array(bytes[48..<80]))
            case 48:
                TicketKey(name: Array(bytes[0..<16]), macKey: Array(bytes[32..<48]), cipherKey: Array(bytes[16..<32]))
            default: nil
            }
        guard let parsed else { return nil }
        key = parsed
    }

    /// What ``init(bytes:)`` takes. They are secret.
    package var bytes: [UInt8] {
        let isLong = key.cipherKey.count == 32
        return key.name + (isLong ? key.macKey + key.cipherKey : key.cipherKey + key.macKey)
    }

    /// Says that it is a key and not which.
    public var description: String { "session ticket key" }
}
