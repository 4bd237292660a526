/// The bounds of a session, each with its reason.
public enum SessionLimits {
    /// How many bytes a ClientHello may take with its record headers, by default: one record.
    ///
    /// The largest of current browsers are under 2 KiB; a session ticket of a client certificate's adds a few.
    public static let clientHelloBytesDefault = 16 * 1024

    /// The most that an owner may allow for a ClientHello. OpenSSL takes 131,396 bytes (`SSL3_RT_MAX_PLAIN_LENGTH` times 8
    /// and its header).
    public static let clientHelloBytesMax = 128 * 1024

    /// Plaintext that waits for a peer without TLS where the other side has none either. With TLS on one side its rings
    /// and records are the queue.
    public static let plaintextQueueBytes = 64 * 1024

    /// How long a session that may be idle for ever lasts at most after its end, while peers take what is left.
    static let lingerMax = Duration.seconds(300)

    /// Steps that follow each other in one call. Each moves a record at least, and rings hold a few hundred of the
    /// smallest; what is left is done at the next call.
    static let stepsMax = 1024
}
