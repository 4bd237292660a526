/// The bounds of a journal, each with its reason.
public enum JournalLimits {
    /// The longest journal that is read: a connection of some 100 MiB, whose bytes take two digits each.
    public static let journalBytesMax = 512 * 1024 * 1024

    /// The longest line of one, see `JSONLimits`.
    public static let lineBytesMax = JSONLimits.lineBytesMax

    /// The most entries that are read. A bulk transfer makes a few for each record of 16 KiB.
    public static let entriesMax = 4_000_000
}
