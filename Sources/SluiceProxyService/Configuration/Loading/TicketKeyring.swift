public import Sluice

/// Keys for session tickets that are nowhere but in memory: made, used, kept for a while and forgotten.
///
/// Time is since whenever its owner likes, and randomness its owner's; it reads neither by itself.
public struct TicketKeyring: Hashable, Sendable {
    /// The keys: the first issues, all accept. Never empty, at most three.
    public private(set) var keys: [SessionTicketKey]

    /// How long a key issues.
    public let rotation: Duration

    /// When the next key is due.
    public private(set) var nextRotation: Duration

    /// Old keys that are accepted.
    private static let oldKeysMax = 2

    /// A ring with a new key.
    ///
    /// - Parameters:
    ///   - rotation: How long a key issues; two more times it is accepted.
    ///   - now: The time.
    ///   - generator: Where keys come from: a cryptographically secure one such as the system's.
    public init(rotation: Duration, at now: Duration, using generator: inout some RandomNumberGenerator) {
        self.rotation = rotation
        keys = Self.newKey(using: &generator)
        nextRotation = now + rotation
    }

    /// Makes a new key if one is due. After a long rest none of the old ones are left.
    ///
    /// - Returns: Whether the keys have changed.
    public mutating func rotate(at now: Duration, using generator: inout some RandomNumberGenerator) -> Bool {
        guard now >= nextRotation else { return false }
        let missed = Int(clamping: Int64((now - nextRotation) / max(rotation, .milliseconds(1))))
        keys = Self.newKey(using: &generator) + keys.prefix(max(0, Self.oldKeysMax - min(missed, Self.oldKeysMax)))
        nextRotation = now + rotation
        return true
    }

    private static func newKey(using generator: inout some RandomNumberGenerator) -> [SessionTicketKey] {
        let bytes = (0..<80).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return SessionTicketKey(bytes: bytes).map { [$0] } ?? []
    }
}
