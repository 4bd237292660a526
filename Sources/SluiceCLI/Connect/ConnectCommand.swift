import ArgumentParser
import Sluice
import SluicePOSIX
import SluicePreamble

/// `sluice connect`: standard input to the peer, the peer to standard output.
struct ConnectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Connect to a TLS server: stdin to the peer, the peer to stdout.",
        discussion: """
            Diagnostics go to stderr. When stdin ends, close_notify is sent and the peer is read until it closes.

            EXAMPLES
              printf 'GET / HTTP/1.0\\r\\nHost: example.com\\r\\n\\r\\n' |
                sluice connect example.com:443
              sluice connect '[2001:db8::1]:853' --server-name dns.example --trace
              sluice connect db.example:5433 --cert me.pem --key me.key --ca db.pem
              sluice connect mail.example:993 --session mail.session --show-certs
              sluice connect mail.example --starttls smtp
              sluice connect --unix /run/db.sock --server-name db.example
              sluice connect db.example:5433 --exec 'ssh jump nc %h %p'
              sluice connect shop.example:443 --via https://proxy.example:3129
              sluice connect --tty /dev/ttyUSB0,115200 --server-name meter.example

            What leads to the server is one of host:port, --unix, --exec, --fd, --tty
            and --via. On the way: CONNECT to the proxy, the PROXY header, STARTTLS,
            TLS. The server's certificate must be for --server-name, else the host.

            A key may be encrypted: --passphrase-file or the variable SLUICE_PASSPHRASE opens it.

            EXIT CODES
            \(ExitReason.table)
            """
    )

    @Argument(
        help: ArgumentHelp("Whom to connect to; an IPv6 address in brackets.", valueName: "host:port")
    )
    var peer: PeerArgument?

    @OptionGroup(title: "The way to the server")
    var way: RouteOptions

    @OptionGroup(title: "Before TLS")
    var preamble: ApproachOptions

    @OptionGroup(title: "TLS")
    var tls: ProtocolOptions

    @OptionGroup(title: "Recording")
    var record: RecordingOptions

    @OptionGroup(title: "The server")
    var client: ClientOptions

    @OptionGroup(title: "This client")
    var identity: IdentityOptions

    @Option(
        help: ArgumentHelp(
            "Load the session in this file if it is there, and save new ones. It holds a secret (mode 0600).",
            valueName: "file"
        )
    )
    var session: String?

    @Option(help: ArgumentHelp("For connecting and the handshake together; 0 for ever.", valueName: "seconds"))
    var timeout = Seconds(30)

    @Option(help: ArgumentHelp("Give up when no byte moves for so long; 0 never does.", valueName: "seconds"))
    var idleTimeout = Seconds(0)

    @Flag(help: "Show the server's certificates, with their PEM, on stderr.")
    var showCerts = false

    @Flag(name: .shortAndLong, help: "Say nothing on stderr but failures, and what was asked for.")
    var quiet = false

    func validate() throws {
        _ = try route
        guard peer != nil || client.serverName != nil else {
            throw ValidationError("Say whom to expect there: --server-name, or a host beside the way to it.")
        }
        try identity.validateForClient()
    }

    private var route: Route {
        get throws { try way.route(to: peer, defaultPort: preamble.starttls?.defaultPort) }
    }

    func run() throws {
        try Console.reporting {
            let console = Console(isQuiet: quiet)
            let observer = try ClientObserver(console: console, tls: tls, session: session, showsCerts: showCerts)
            let configuration = try client.configuration(
                for: peer?.host ?? "",
                as: identity.identities().first,
                parameters: tls.parameters()
            )
            let recording = try record.recording()
            let name = configuration.serverName
            var run = ClientRun(
                context: try TLSContext(configuration, seed: recording?.contextSeed),
                session: observer.sessionToResume(with: name),
                recording: recording,
                proxyContext: try way.proxyContext(),
                approach: try preamble.approach(to: "\(name)", isTraced: tls.trace),
                deadline: .after(timeout.duration),
                idle: idleTimeout.duration,
                observer: observer
            )
            try run.converse(by: route)
        }
    }
}
