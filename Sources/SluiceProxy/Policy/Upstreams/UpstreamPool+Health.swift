extension UpstreamPool {
    /// Notes that a connection to the server came about. It is no longer ejected, if it was.
    ///
    /// Where the server speaks TLS, call it after the handshake: told earlier, each failure after it would look like the
    /// first, and the server would never be ejected.
    ///
    /// - Returns: What there is to log.
    @discardableResult
    public mutating func connectSucceeded(_ id: ID) -> UpstreamEvent? {
        change(id) { $0.passive.succeed() }
    }

    /// Notes that a connection to the server failed: refused, timed out, or its TLS handshake failed.
    ///
    /// - Parameters:
    ///   - id: The server.
    ///   - now: The moment.
    /// - Returns: What there is to log.
    @discardableResult
    public mutating func connectFailed(_ id: ID, at now: Duration) -> UpstreamEvent? {
        guard let ejection = policy.ejection else { return nil }
        return change(id) { $0.passive.fail(at: now, policy: ejection) }
    }

    /// Notes that a check of the server succeeded. One that comes up is trusted afresh, ejected or not; one that was up
    /// all the time stays ejected, as real connections know more than checks.
    ///
    /// - Returns: What there is to log.
    @discardableResult
    public mutating func checkSucceeded(_ id: ID) -> UpstreamEvent? {
        guard let checks = policy.healthChecks else { return nil }
        return change(id) { member in
            let event = member.active.succeed(policy: checks)
            if event == .up { member.passive = .good }
            return event
        }
    }

    /// Notes that a check of the server failed.
    ///
    /// - Returns: What there is to log.
    @discardableResult
    public mutating func checkFailed(_ id: ID) -> UpstreamEvent? {
        guard let checks = policy.healthChecks else { return nil }
        return change(id) { $0.active.fail(policy: checks) }
    }

    /// Whether a connection could be sent anywhere: not all servers are down.
    public var isUsable: Bool { members.contains { $0.active.isUp } }
}
