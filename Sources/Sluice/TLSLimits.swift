internal import SluiceOpenSSL

/// The bounds of an engine, each with its reason.
public enum TLSLimits {
    /// The most plaintext that one record carries, RFC 8446 §5.1.
    public static let recordPlaintextBytesMax = plaintextRecordBytesMax

    /// A ring's default capacity: a full record with its overhead, and room for an alert and a KeyUpdate besides.
    ///
    /// OpenSSL's own default for a BIO pair, 17 KiB.
    public static let ringCapacityDefault = 17 * 1024

    /// The smallest capacity of a ring: 683 bytes of plaintext in a record after overhead and reserve.
    ///
    /// Everything works at this size, only in smaller pieces: a flight or record that doesn't fit goes in turns.
    public static let ringCapacityMin = 1024

    /// The largest capacity of a ring. More than a few records gains nothing; this keeps a typing error from
    /// reserving gigabytes.
    public static let ringCapacityMax = 16 * 1024 * 1024

    /// The most events that wait to be pulled; what comes after is counted, see ``TLSEvent/eventsDropped(count:)``.
    public static let eventsMax = noticesMax

    /// The most sessions among the events that wait. A server can send tickets of 64 KiB without end.
    public static let sessionEventsMax = sessionNoticesMax

    /// The longest time that a session may be resumed after it was made: 7 days, RFC 8446 §4.6.1.
    public static let sessionLifetimeSecondsMax: Int64 = 7 * 24 * 3600

    /// The longest exported session. libssl's own limit for a certificate chain in it is 100 KiB.
    public static let exportedSessionBytesMax = 256 * 1024

    /// The longest OCSP response: with its header of 4 bytes it fills the longest CertificateStatus message that OpenSSL's
    /// clients take in TLS 1.2. One with its responder's certificate has some 2 KiB.
    public static let ocspResponseBytesMax = 16 * 1024 - 4

    /// The most authorities that a server names to its clients. The system's whole list would add some 20 KiB to each
    /// handshake and tell the client nothing; naming none lets it choose freely (RFC 8446 §4.2.4).
    static let acceptableAuthoritiesMax = 100

    /// Turns of libssl in one call of a verb. An honest flight takes under ten. A flood that must be answered takes no more
    /// than one for each answer, and no answer is shorter than an alert in the clear; so the outbound ring is full before
    /// this.
    static func turnsMax(ringCapacity: Int) -> Int {
        64 + ringCapacity / alertRecordBytesMin
    }

    /// Header (5), level and description.
    private static let alertRecordBytesMin = 7
}
