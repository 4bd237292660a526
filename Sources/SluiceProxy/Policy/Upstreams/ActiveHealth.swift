/// What checks tell of a server. It is up until they say otherwise: real traffic needn't wait for them.
enum ActiveHealth: Hashable, Sendable {
    /// So many checks failed since the last that succeeded.
    case up(failures: Int)

    /// So many checks succeeded since the last that failed.
    case down(successes: Int)

    static let good = ActiveHealth.up(failures: 0)

    var isUp: Bool {
        if case .up = self { true } else { false }
    }

    mutating func succeed(policy: UpstreamPolicy.HealthChecks) -> UpstreamEvent? {
        guard case .down(let successes) = self, successes + 1 >= policy.rise else {
            if case .down(let successes) = self { self = .down(successes: successes + 1) } else { self = .good }
            return nil
        }
        self = .good
        return .up
    }

    mutating func fail(policy: UpstreamPolicy.HealthChecks) -> UpstreamEvent? {
        guard case .up(let failures) = self else {
            self = .down(successes: 0)
            return nil
        }
        self = failures + 1 < policy.fall ? .up(failures: failures + 1) : .down(successes: 0)
        return isUp ? nil : .down
    }
}
