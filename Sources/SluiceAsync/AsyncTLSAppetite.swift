/// How much a stream asks its transport for.
public enum AsyncTLSAppetite: Hashable, Sendable {
    /// What ends the record header or body at hand, and no byte more: what follows close_notify stays in a transport that
    /// stops where it is told to. Costs two calls of ``AsyncByteTransport/receive(atMost:)`` for each record.
    case exact
    /// What the engine's ring has room for: fewer calls. What follows close_notify may come with it, and is given back by
    /// ``AsyncTLSStream/unwrap()``.
    case ring
}
