/// The two ends of a link.
public enum End: String, CaseIterable, CustomStringConvertible, Hashable, Sendable {
    /// The end that sends the ClientHello.
    case client
    /// The end that answers it.
    case server

    /// The end across the link.
    public var other: End { self == .client ? .server : .client }

    /// `client` or `server`.
    public var description: String { rawValue }
}
