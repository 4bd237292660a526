/// What came of moving bytes without waiting.
public enum Transfer: Hashable, Sendable {
    /// So many bytes moved; 0 only if there were none to move or no room.
    case moved(Int)
    /// The descriptor isn't ready: poll, then try again.
    case blocked
    /// There will be no more bytes.
    case ended

    /// Whether a byte moved.
    public var isProgress: Bool {
        if case .moved(let count) = self { return count > 0 }
        return false
    }
}
