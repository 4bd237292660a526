public import Logging
internal import Sluice

extension ProxyConfiguration {
    /// The bounds of what clients can use up.
    public struct Limits: Hashable, Sendable {
        /// Connections at a time.
        public var connectionsMax = 10_000

        /// Connections of one client address at a time (of an IPv6 network of 64 bits); nil for no bound.
        public var connectionsPerAddressMax: Int?

        /// New TLS handshakes a second; nil for no bound.
        public var handshakesPerSecondMax: Int?

        /// Bytes of ClientHello that are kept to route by. A usual one has 300 to 1800.
        public var clientHelloBytesMax = 16 * 1024

        /// Bytes in each ring of an engine. A TLS side has two.
        public var ringBytes = TLSLimits.ringCapacityDefault

        /// Bytes on their way from one side to the other, each way.
        public var bufferBytesMax = 64 * 1024

        /// The defaults.
        public init() {}
    }

    /// How long things may take. nil is for ever.
    public struct Timeouts: Hashable, Sendable {
        /// From the first byte that could come to the end of the client's handshake, PROXY header included.
        public var handshake = Duration.seconds(10)

        /// To connect to a server, with its handshake.
        public var connect = Duration.seconds(5)

        /// Without a byte either way.
        public var idle: Duration? = .seconds(300)

        /// From the beginning of a connection to its end.
        public var total: Duration?

        /// For connections to end by themselves once the proxy is told to stop.
        public var drain = Duration.seconds(30)

        /// For the last bytes of a connection that ended to be taken.
        public var linger = Duration.seconds(2)

        /// The defaults.
        public init() {}
    }

    /// What is logged, and where.
    public struct Log: Hashable, Sendable {
        /// The least that is logged.
        public var level = Logger.Level.info

        /// How lines look.
        public var format = Format.text

        /// Where lines go.
        public var destination = Destination.standardError

        /// The defaults.
        public init() {}

        /// How lines look.
        public enum Format: String, Hashable, Sendable, CaseIterable {
            /// Time, level, message and `key=value`.
            case text
            /// A JSON object each.
            case json
        }

        /// Where lines go.
        public enum Destination: Hashable, Sendable {
            /// Standard error.
            case standardError
            /// Appended to a file, which is opened again at each reload.
            case file(String)
        }
    }
}
