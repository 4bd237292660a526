/// What a context is made from, whichever its role.
public enum TLSConfiguration: Hashable, Sendable {
    /// A client's.
    case client(TLSClientConfiguration)
    /// A server's.
    case server(TLSServerConfiguration)
}
