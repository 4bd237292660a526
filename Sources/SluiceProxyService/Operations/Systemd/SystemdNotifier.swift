package import SluicePOSIX

/// Tells systemd how the service is, where it asked for that (`Type=notify`, sd_notify(3)).
package struct SystemdNotifier: Sendable {
    private let socket: String?

    /// How often to say ``keepAlive()``: twice in the time after which systemd takes the service for dead.
    package let keepAliveInterval: Duration?

    /// What can be told.
    package enum State: Hashable, Sendable {
        /// The service is up, or up again after a reload.
        case ready
        /// It reads its configuration again. `ready` is to follow.
        case reloading
        /// It has begun to end.
        case stopping

        fileprivate func lines(sinceStart: Duration) -> [String] {
            switch self {
            case .ready: ["READY=1"]
            // The time lets systemd tell which reload this is (`Type=notify-reload`).
            case .reloading: ["RELOADING=1", "MONOTONIC_USEC=\(Int64(sinceStart / .microseconds(1)))"]
            case .stopping: ["STOPPING=1"]
            }
        }
    }

    /// A notifier for what systemd says in the environment.
    ///
    /// - Parameters:
    ///   - variables: Looks a variable up.
    ///   - processID: Of this process: systemd may have meant another with its watchdog.
    package init(
        variables: (String) -> String? = EnvironmentVariable.value(of:),
        processID: Int32 = ThisProcess.id
    ) {
        socket = variables("NOTIFY_SOCKET").flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isMeant = variables("WATCHDOG_PID").map { $0 == String(processID) } ?? true
        let microseconds = variables("WATCHDOG_USEC").flatMap { Int64($0) }.flatMap { $0 > 1 ? $0 : nil }
        keepAliveInterval = isMeant && socket != nil ? microseconds.map { .microseconds($0 / 2) } : nil
    }

    /// Whether there is somebody to tell.
    package var isHeard: Bool { socket != nil }

    /// Tells a state, with a line for people that `systemctl status` shows.
    ///
    /// - Throws: `TransportError` where it can't be told, which is to be logged and no more.
    package func tell(_ state: State, status: String? = nil) throws(TransportError) {
        try send(state.lines(sinceStart: WallClock.sinceStart) + (status.map { [Self.line($0)] } ?? []))
    }

    /// Tells a line for people alone.
    package func tell(status: String) throws(TransportError) {
        try send([Self.line(status)])
    }

    /// Tells that the service works; say it every ``keepAliveInterval``.
    package func keepAlive() throws(TransportError) {
        try send(["WATCHDOG=1"])
    }

    private func send(_ lines: [String]) throws(TransportError) {
        guard let socket else { return }
        try UnixDatagram.send(Array(lines.joined(separator: "\n").utf8), to: socket)
    }

    /// A line feed would begin another variable.
    private static func line(_ status: String) -> String {
        let text = String(status.map { $0.isNewline || $0 == "\0" ? " " : $0 })
        return "STATUS=" + text.prefix(OperationsLimits.statusCharactersMax)
    }
}
