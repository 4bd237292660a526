import ArgumentParser
import Logging
import SluiceProxyService

/// The options of a proxy that aren't about one connection.
struct ProxyOperationsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Answer /metrics, /healthz, /readyz and /config over HTTP.", valueName: "address"))
    var admin: ListenAddress?

    @Option(help: ArgumentHelp("The most connections at a time. (default: 10000)", valueName: "count"))
    var maxConnections: Int?

    @Option(help: ArgumentHelp("The same of one client address.", valueName: "count"))
    var maxConnectionsPerAddress: Int?

    @Option(help: ArgumentHelp("New handshakes in a second.", valueName: "count"))
    var maxHandshakesPerSecond: Int?

    @Option(help: ArgumentHelp("For a client's handshake. (default: 10)", valueName: "seconds"))
    var handshakeTimeout: Seconds?

    @Option(help: ArgumentHelp("To connect to a server. (default: 5)", valueName: "seconds"))
    var connectTimeout: Seconds?

    @Option(help: ArgumentHelp("Without a byte either way; 0 for ever. (default: 300)", valueName: "seconds"))
    var idleTimeout: Seconds?

    @Option(help: ArgumentHelp("For connections to end when the proxy is to. (default: 30)", valueName: "seconds"))
    var drainTimeout: Seconds?

    @Option(help: ArgumentHelp("Event loops. (default: one on each processor)", valueName: "count"))
    var threads: Int?

    @Flag(help: "Listen on each event loop (SO_REUSEPORT); others may listen there, too.")
    var reusePort = false

    @Option(
        help: ArgumentHelp("The least that is logged: debug, info, warning, error. (default: info)", valueName: "level")
    )
    var logLevel: LevelArgument?

    @Option(help: ArgumentHelp("How lines of the log look: text or json. (default: text)", valueName: "format"))
    var logFormat: ProxyConfiguration.Log.Format?

    @Option(help: ArgumentHelp("Append the log to this file, opened again at SIGHUP.", valueName: "file"))
    var logFile: String?

    @Option(
        help: ArgumentHelp(
            "Keep journals of connections that fail, for `sluice replay`. They hold secrets.",
            valueName: "dir"
        )
    )
    var recordFailures: String?

    @Option(help: ArgumentHelp("Append what decrypts every connection to this file.", valueName: "file"))
    var dangerouslyLogKeys: String?

    /// A level of swift-log.
    struct LevelArgument: ExpressibleByArgument {
        /// The level.
        let level: Logger.Level

        init?(argument: String) {
            guard let level = Logger.Level(rawValue: argument) else { return nil }
            self.level = level
        }
    }

    func validate() throws {
        for (option, count) in [
            ("--max-connections", maxConnections), ("--max-connections-per-address", maxConnectionsPerAddress),
            ("--max-handshakes-per-second", maxHandshakesPerSecond), ("--threads", threads),
        ] {
            let countMax = option == "--threads" ? 1024 : 10_000_000
            if let count, !(1...countMax).contains(count) { throw ValidationError("\(option) takes 1 to \(countMax).") }
        }
        for (option, time) in [("--handshake-timeout", handshakeTimeout), ("--connect-timeout", connectTimeout)]
        where time.map({ $0.duration == nil }) == true {
            throw ValidationError("\(option) can't be 0: a client could wait for ever.")
        }
    }

    /// Those that were typed.
    var given: [String] {
        givenOptions([
            ("--admin", admin != nil), ("--max-connections", maxConnections != nil),
            ("--max-connections-per-address", maxConnectionsPerAddress != nil),
            ("--max-handshakes-per-second", maxHandshakesPerSecond != nil),
            ("--handshake-timeout", handshakeTimeout != nil), ("--connect-timeout", connectTimeout != nil),
            ("--idle-timeout", idleTimeout != nil), ("--drain-timeout", drainTimeout != nil),
            ("--threads", threads != nil), ("--reuse-port", reusePort), ("--log-level", logLevel != nil),
            ("--log-format", logFormat != nil),
            ("--log-file", logFile != nil), ("--record-failures", recordFailures != nil),
            ("--dangerously-log-keys", dangerouslyLogKeys != nil),
        ])
    }

    /// Puts them into a configuration. Files are read again at SIGHUP alone: whoever types a command doesn't expect more.
    func apply(to configuration: inout ProxyConfiguration) {
        configuration.admin = admin
        configuration.limits.connectionsMax = maxConnections ?? configuration.limits.connectionsMax
        configuration.limits.connectionsPerAddressMax = maxConnectionsPerAddress
        configuration.limits.handshakesPerSecondMax = maxHandshakesPerSecond
        configuration.timeouts.handshake = handshakeTimeout?.duration ?? configuration.timeouts.handshake
        configuration.timeouts.connect = connectTimeout?.duration ?? configuration.timeouts.connect
        if let idleTimeout { configuration.timeouts.idle = idleTimeout.duration }
        if let drainTimeout { configuration.timeouts.drain = drainTimeout.duration ?? .zero }
        configuration.threads = threads
        configuration.portSharing = reusePort ? .reusePort : .single
        configuration.log.level = logLevel?.level ?? configuration.log.level
        configuration.log.format = logFormat ?? configuration.log.format
        if let logFile { configuration.log.destination = .file(logFile) }
        configuration.failureRecording = recordFailures.map { .init(directory: $0) }
        configuration.dangerouslyLoggedKeysPath = dangerouslyLogKeys
        configuration.fileWatching = nil
    }
}
