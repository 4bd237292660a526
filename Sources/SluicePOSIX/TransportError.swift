/// Why a descriptor can't go on.
public struct TransportError: Error, Hashable, Sendable {
    /// `errno` after the call.
    public let number: Int32

    /// The call and what it was for.
    public let words: String
}
