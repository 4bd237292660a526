/// One of the two connections that a proxy joins.
public enum ProxySide: Hashable, Sendable, CaseIterable {
    /// The one that the proxy accepted.
    case client
    /// The one that the proxy made.
    case upstream

    /// The one across from it.
    public var other: ProxySide { self == .client ? .upstream : .client }
}
