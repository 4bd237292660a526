/// One of the two connections that a proxy joins.
public enum ProxySide: Hashable, Sendable, CaseIterable {
    /// The one that the proxy accepted.
    case client
    /// The one that the proxy made.
    case upstream

    /// Both, in one array for all who ask.
    public static let allCases: [ProxySide] = [.client, .upstream]

    /// The one across from it.
    public var other: ProxySide { self == .client ? .upstream : .client }
}
