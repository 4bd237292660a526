/// The bounds of what is read from a packet capture, each with its reason.
public enum CaptureLimits {
    /// The largest packet. libpcap's own limit, `MAXIMUM_SNAPLEN`; a larger length means that the file is damaged.
    public static let packetBytesMax = 262_144

    /// The most interfaces of one section of a pcapng file. A machine has tens.
    public static let interfacesMax = 4096

    /// The most directions of TCP connections in one capture. What is kept of one is small beside its packets; this
    /// keeps a flood of SYNs from growing the table without end. Those beyond it are counted.
    public static let streamsMax = 65_536

    /// How far the beginning of each stream is kept: room for two ClientHellos of ``clientHelloBytesMax``.
    public static let streamBytesMax = 320 * 1024

    /// The most segments that are kept of a stream: 16 KiB sent byte by byte.
    public static let segmentsMax = 16_384

    /// The largest ClientHello. OpenSSL's own limit for what a server takes.
    public static let clientHelloBytesMax = 131_396

    /// The most 802.1Q tags before a packet. Two are usual at most (IEEE 802.1ad).
    static let tagsMax = 4

    /// The most extension headers of an IPv6 packet. RFC 8200 §4.1 has each at most once, one of them twice.
    static let extensionHeadersMax = 8

    /// How far before the first segment seen a stream may begin whose SYN is missing: the largest window without
    /// scaling, RFC 9293 §3.1.
    static let reorderingBytesMax = 65_535
}
