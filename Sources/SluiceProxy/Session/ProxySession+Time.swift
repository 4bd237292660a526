internal import Sluice

// Deadlines. The owner has the clock.

extension ProxySession {
    /// When ``advance(to:)`` is wanted at the latest; it may be later than it was. nil: nothing waits for a time.
    public var deadline: Duration? {
        var deadline = stageDeadline
        func add(_ time: Duration?) {
            if let time { deadline = min(deadline ?? time, time) }
        }
        switch stage {
        case .over: return nil
        case .ending: return stageDeadline
        case .relaying:
            add(timeouts.idle.map { lastActivity + $0 })
            if !isHibernating { add(lastActivity + timeouts.hibernation) }
        default: break
        }
        add(timeouts.total.map { start + $0 })
        return deadline
    }

    /// Says what time it is, and does what is due.
    ///
    /// Whatever else is called happens at the time that was said last: say it before you hand in what has happened, or
    /// deadlines that follow from that come early.
    public mutating func advance(to time: Duration) {
        now = max(now, time)
        if let deadline = stageDeadline, now >= deadline {
            passStageDeadline()
        } else if let total = timeouts.total, now >= start + total {
            end(SessionEnd(.totalTimeout, words: "after \(total)"))
        } else if isRelaying() {
            rest()
        }
    }

    /// A peer that takes what is left, however slowly, has time for it: as much again as a silent one has, and altogether no
    /// more than a session may be idle.
    mutating func lingerOn() {
        guard case .ending = stage, let endTime else { return }
        let most = endTime + max(timeouts.linger, timeouts.idle ?? SessionLimits.lingerMax)
        stageDeadline = min(now + timeouts.linger, most)
    }

    private mutating func passStageDeadline() {
        switch stage {
        case .peeking, .routing, .greeting:
            end(SessionEnd(.handshakeTimeout, side: .client, words: "after \(timeouts.handshake)"))
        case .reaching:
            end(SessionEnd(.handshakeTimeout, side: .upstream, words: "after \(timeouts.handshake)"))
        case .ending: giveUp()
        default: stageDeadline = nil
        }
    }

    private mutating func rest() {
        if let idle = timeouts.idle, now >= lastActivity + idle {
            end(SessionEnd(.idleTimeout, words: "after \(idle)"))
        } else if !isHibernating, now >= lastActivity + timeouts.hibernation {
            isHibernating = true
            _ = client.engine?.hibernate()
            _ = upstream.engine?.hibernate()
            if client.queue.isEmpty { client.queue.clear() }
            if upstream.queue.isEmpty { upstream.queue.clear() }
        }
    }
}
