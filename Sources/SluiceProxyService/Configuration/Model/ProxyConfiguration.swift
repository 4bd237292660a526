/// What a proxy does, as its configuration file or the command line says it: names of files, not what is in them.
///
/// ``LoadedConfiguration`` is the same with every file read and checked.
public struct ProxyConfiguration: Hashable, Sendable {
    /// Where clients come from. Never empty in a configuration that was decoded.
    public var listeners: [Listener]

    /// What is done with them.
    public var routes: [Route]

    /// The bounds of what clients can use up.
    public var limits = Limits()

    /// How long things may take.
    public var timeouts = Timeouts()

    /// Where metrics and health are told; nil for nowhere.
    public var admin: ListenAddress?

    /// What is logged, and where.
    public var log = Log()

    /// The file that the secrets of every connection are appended to (NSS key log format); nil for none. Whoever reads
    /// it reads the connections.
    public var dangerouslyLoggedKeysPath: String?

    /// Where connections that fail are recorded; nil for nowhere.
    public var failureRecording: FailureRecording?

    /// Event loops; nil for one on each processor.
    public var threads: Int?

    /// How the listeners of several event loops share a port.
    public var portSharing = PortSharing.single

    /// How the configuration and the files that it names are watched; nil if only SIGHUP reloads them.
    public var fileWatching: FileWatching? = FileWatching()

    /// A proxy with these listeners and routes, and defaults for the rest.
    public init(listeners: [Listener], routes: [Route]) {
        self.listeners = listeners
        self.routes = routes
    }
}

extension ProxyConfiguration {
    /// How event loops share a port.
    public enum PortSharing: Hashable, Sendable {
        /// One socket; the loop that accepts hands the connections to the others in turn.
        case single
        /// A socket on each loop, among which the kernel spreads the clients (SO_REUSEPORT). Two processes can then
        /// listen at once too, as while one replaces the other.
        case reusePort
    }

    /// How files are watched.
    public struct FileWatching: Hashable, Sendable {
        /// The time between two looks.
        public var interval = Duration.seconds(5)

        /// A look every five seconds.
        public init() {}
    }

    /// Where connections that fail are recorded, as journals that `sluice replay` plays. They hold secrets.
    public struct FailureRecording: Hashable, Sendable {
        /// The directory, which must be there.
        public var directory: String

        /// The most bytes of one journal. A connection that needs more isn't recorded.
        public var journalBytesMax = 1024 * 1024

        /// The most journals. The oldest makes room.
        public var journalsMax = 100

        /// Records into this directory.
        public init(directory: String) {
            self.directory = directory
        }
    }
}
