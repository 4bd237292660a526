/// What can go wrong in one direction of a link, once.
public enum Fault: String, CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// One bit arrives as its opposite.
    case bitFlip = "bit flip"
    /// Everything from some byte on never arrives; the receiver gets an end of file instead.
    case truncation
    /// A stretch of bytes never arrives; what follows does.
    case loss
    /// A stretch of bytes arrives twice in a row.
    case duplication
    /// Two stretches arrive in each other's place.
    case reordering
    /// The sender's owner closes, whatever it still has to say.
    case earlyClose = "early close"

    /// What it's called: `bit flip`.
    public var description: String { rawValue }

    /// Whether the bytes that arrive aren't those that were sent, so that an engine finds the stream damaged.
    public var isDamage: Bool {
        switch self {
        case .bitFlip, .loss, .duplication, .reordering: true
        case .truncation, .earlyClose: false
        }
    }
}
