public import Sluice

/// What becomes of a connection.
public enum Routing<Target: Sendable>: Sendable {
    /// It goes there.
    case route(Target)

    /// No rule wants it. An entrance without TLS has no use for the alert and closes.
    case refuse(TLSAlert)
}

extension Routing: Equatable where Target: Equatable {}
extension Routing: Hashable where Target: Hashable {}
