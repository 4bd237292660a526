/// Where connections of one sort go.
public struct RoutingRule<Target: Sendable>: Sendable {
    /// What a connection must bring.
    public var match: RouteMatch

    /// Where it goes.
    public var target: Target

    /// Sends what matches to a target.
    public init(_ match: RouteMatch, to target: Target) {
        self.match = match
        self.target = target
    }
}

extension RoutingRule: Equatable where Target: Equatable {}
extension RoutingRule: Hashable where Target: Hashable {}
