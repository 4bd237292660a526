import ArgumentParser
import Sluice
import SluicePOSIX

/// `sluice serve`: a TLS server that echoes, answers HTTP or swallows.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve TLS: echo, answer HTTP, or take bytes and give none.",
        discussion: """
            The first line on stdout is "listening on ADDR:PORT"; port 0 lets the system choose one. Diagnostics go to \
            stderr, one line for each connection's handshake and end. Without --cert a self-signed identity is made; \
            its fingerprint is on stderr.

            SIGINT and SIGTERM finish politely: no more connections, close_notify to all, a few seconds for their \
            answers, exit code 0. A second signal ends the server at once.

            EXAMPLES
              sluice serve --listen 127.0.0.1:8443 --www
              sluice serve --listen '[::]:443' --www \\
                --cert a.pem --key a.key --cert b.pem --key b.key
              sluice serve --listen :9000 --client-ca clients.pem --require-client-cert

            A key may be encrypted: --passphrase-file or the variable SLUICE_PASSPHRASE opens it.

            EXIT CODES
               0  a signal ended the server
               1  Sluice itself failed
               5  the network failed: it can't listen there
              64  an option, or a file that it names, can't be used
            """
    )

    @Option(
        help: ArgumentHelp("Where to listen; an IPv6 address in brackets, or :PORT for all.", valueName: "addr:port")
    )
    var listen: HostPort

    @Flag(help: "What to do with what arrives.")
    var service = ServiceKind.echo

    @OptionGroup(title: "TLS")
    var tls: ProtocolOptions

    @OptionGroup(title: "Recording")
    var record: RecordingOptions

    @OptionGroup(title: "This server")
    var identity: IdentityOptions

    @OptionGroup(title: "Its clients")
    var server: ServerOptions

    @Option(help: ArgumentHelp("The most connections at a time; more wait.", valueName: "count"))
    var maxConnections = ServeLimits.connectionsDefault

    @Option(help: ArgumentHelp("The time for a handshake; 0 for ever.", valueName: "seconds"))
    var timeout = Seconds(30)

    @Option(help: ArgumentHelp("Close a connection when no byte moves for so long; 0 never.", valueName: "seconds"))
    var idleTimeout = Seconds(300)

    @Flag(name: .shortAndLong, help: "Say nothing on stderr but failures, and what was asked for.")
    var quiet = false

    func validate() throws {
        if !(1...ServeLimits.connectionsMax).contains(maxConnections) {
            throw ValidationError("--max-connections takes 1 to \(ServeLimits.connectionsMax).")
        }
    }

    func run() throws {
        try Console.reporting {
            let console = Console(isQuiet: quiet)
            let recording = try record.recording()
            let configuration = try server.configuration(
                as: identity.identities(),
                parameters: tls.parameters(),
                console: console
            )
            let settings = ConnectionSettings(
                context: try TLSContext(configuration, seed: recording?.contextSeed),
                recording: recording,
                service: service,
                observer: ServerObserver(
                    console: console,
                    isTracing: tls.trace,
                    keyLog: try tls.keyLogPath.map { try KeyLog(path: $0) }
                ),
                handshakeTime: timeout.duration,
                idleTime: idleTimeout.duration
            )
            let listener = try SocketListener(listen)
            let signals = try TerminationSignals()
            var server = Server(listener, until: signals, settings: settings, connectionsMax: maxConnections)
            try server.run()
        }
    }
}

/// What a server does with what arrives.
enum ServiceKind: String, EnumerableFlag {
    case echo, www, discard

    static func help(for value: ServiceKind) -> ArgumentHelp? {
        switch value {
        case .echo: "Send everything back (the default)."
        case .www: "Answer each HTTP/1.x request with a page that shows what was negotiated."
        case .discard: "Take everything and send nothing."
        }
    }

    /// The service for one connection.
    func makeService() -> any Service {
        switch self {
        case .echo: EchoService()
        case .www: PageService()
        case .discard: DiscardService()
        }
    }
}
