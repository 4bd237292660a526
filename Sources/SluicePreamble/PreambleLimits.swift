/// The bounds of what a peer may say before TLS, each with its reason.
public enum PreambleLimits {
    /// The longest line, without its end. RFC 5321 §4.5.3.1.5 allows SMTP 512 bytes; RFC 7162 §4 asks IMAP for 8192.
    public static let lineBytesMax = 8192

    /// The most bytes in one reply of several lines. An EHLO reply has about 300, FTP greetings a few thousand.
    public static let replyBytesMax = 32 * 1024

    /// The most bytes that a peer may say in all: greeting, capabilities and answer.
    public static let dialogueBytesMax = 128 * 1024

    /// The longest header block of an HTTP message. Apache and HAProxy stop at 8 and 16 KiB; a 407 can carry tokens.
    public static let headerBlockBytesMax = 32 * 1024

    /// The longest LDAP message: a result code with a message for people.
    public static let ldapMessageBytesMax = 16 * 1024

    /// The longest XMPP tag, and the most bytes in the stream's features. RFC 6120 §13.12 demands 10,000 at least.
    public static let xmppBytesMax = 32 * 1024

    /// The deepest that XMPP elements nest. Features reach 4.
    public static let xmppDepthMax = 16

    /// The most attributes of an XMPP tag. A stream header has about eight.
    public static let xmppAttributesMax = 32

    /// The longest first packet of a MySQL server. The handshake has under 200 bytes, an error under 600.
    public static let mysqlPacketBytesMax = 4096

    /// The longest message of a PostgreSQL server instead of an answer; libpq allows 30,000.
    public static let postgresqlErrorBytesMax = 30_000

    /// The longest PROXY header of version 1 with its CRLF, as the specification counts.
    public static let proxyHeaderV1BytesMax = 107

    /// The most bytes behind the first 16 of a PROXY header of version 2. The format allows 65,535; HAProxy's buffer,
    /// which must hold the whole header, has 16 KiB.
    public static let proxyHeaderV2BlockBytesMax = 16 * 1024

    /// The longest password or user name of a proxy.
    public static let credentialBytesMax = 1024

    /// How much of the peer's text an error quotes.
    static let quotedBytesMax = 240
}
