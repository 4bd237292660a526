/// How a pool chooses its servers, and when it does without one.
public struct UpstreamPolicy: Hashable, Sendable {
    /// The order of servers.
    public enum Balance: Hashable, Sendable, CaseIterable {
        /// By turns, by weight, and evenly spread: weights 3 and 1 give A A B A.
        case roundRobin

        /// The one with the fewest connections for its weight; by turns among equals.
        case leastConnections
    }

    /// Passive ejection: a server to which connections fail is left alone for a time.
    public struct Ejection: Hashable, Sendable {
        /// Failures in a row that eject, at least 1.
        public var failures: Int

        /// How long, the first time. If the trial that follows fails, it is twice as long as before.
        public var time: Duration

        /// How long at most.
        public var timeMax: Duration

        /// Ejects a server after failures in a row; a time below zero counts as none.
        public init(
            after failures: Int = 3,
            for time: Duration = .seconds(10),
            atMost timeMax: Duration = .seconds(300)
        ) {
            self.failures = max(1, failures)
            self.time = max(.zero, time)
            self.timeMax = max(self.time, timeMax)
        }
    }

    /// Active health checks: how many results in a row it takes to believe them.
    public struct HealthChecks: Hashable, Sendable {
        /// Successes that bring a server up, at least 1.
        public var rise: Int

        /// Failures that take it down, at least 1.
        public var fall: Int

        /// Believes so many results in a row.
        public init(rise: Int = 2, fall: Int = 3) {
            self.rise = max(1, rise)
            self.fall = max(1, fall)
        }
    }

    /// The order of servers.
    public var balance: Balance

    /// When a server is left alone; nil for never.
    public var ejection: Ejection?

    /// How results of checks are taken; nil if there are no checks, then all servers are up.
    public var healthChecks: HealthChecks?

    /// How to choose servers.
    ///
    /// - Parameters:
    ///   - balance: The order of servers.
    ///   - ejection: When a server is left alone, or nil.
    ///   - healthChecks: How results of checks are taken, or nil if there are none.
    public init(
        balance: Balance = .roundRobin,
        ejection: Ejection? = Ejection(),
        healthChecks: HealthChecks? = nil
    ) {
        self.balance = balance
        self.ejection = ejection
        self.healthChecks = healthChecks
    }
}
