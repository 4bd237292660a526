/// A rule, or one of its names, that no connection can come to: most likely a mistake.
public struct UnreachableRule: Hashable, Sendable {
    /// Why none can.
    public enum Reason: Hashable, Sendable {
        /// The rule with this index comes first and takes all that this one would.
        case shadowed(by: Int)

        /// The entrance has no ClientHello, and the rule asks for what only a ClientHello tells.
        case needsClientHello
    }

    /// The index of the rule.
    public let rule: Int

    /// The name of the rule that is out of reach; nil if the rule is, and names none.
    public let serverName: NamePattern?

    /// Why it is out of reach.
    public let reason: Reason

    /// Says of a rule, or of one of its names, why no connection can come to it.
    public init(rule: Int, serverName: NamePattern?, reason: Reason) {
        self.rule = rule
        self.serverName = serverName
        self.reason = reason
    }
}
