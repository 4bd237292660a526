/// What real connections tell of a server.
enum PassiveHealth: Hashable, Sendable {
    /// So many failed since the last that succeeded.
    case trusted(failures: Int)

    /// Left alone until a moment, for a time that doubles if the trial after it fails.
    case ejected(until: Duration, time: Duration)

    /// The time is over and one connection was let through. If nothing is heard of it, the next follows at that moment.
    case onTrial(until: Duration, time: Duration)

    static let good = PassiveHealth.trusted(failures: 0)

    /// Whether a connection may go there without need.
    func isOpen(at now: Duration) -> Bool {
        switch self {
        case .trusted: true
        case .ejected(let until, _), .onTrial(let until, _): now >= until
        }
    }

    /// Notes that a connection goes there. One is enough to try a server whose time is over.
    mutating func choose(at now: Duration) {
        switch self {
        case .ejected(let until, let time), .onTrial(let until, let time):
            if now >= until { self = .onTrial(until: now + time, time: time) }
        case .trusted: break
        }
    }

    mutating func succeed() -> UpstreamEvent? {
        defer { self = .good }
        if case .trusted = self { return nil }
        return .returned
    }

    /// A failure while the server is ejected tells nothing new: the connection was begun before, or for want of others.
    mutating func fail(at now: Duration, policy: UpstreamPolicy.Ejection) -> UpstreamEvent? {
        switch self {
        case .trusted(let failures) where failures + 1 < policy.failures:
            self = .trusted(failures: failures + 1)
            return nil
        case .trusted: return eject(for: policy.time, at: now)
        case .onTrial(_, let time):
            return eject(for: time > policy.timeMax - time ? policy.timeMax : time + time, at: now)
        case .ejected: return nil
        }
    }

    private mutating func eject(for time: Duration, at now: Duration) -> UpstreamEvent {
        self = .ejected(until: now + time, time: time)
        return .ejected(for: time)
    }
}
