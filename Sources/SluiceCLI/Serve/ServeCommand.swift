import ArgumentParser
import Sluice
import SluicePOSIX

/// `sluice serve`: a TLS server that echoes, answers HTTP, swallows, or starts a program.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve TLS: echo, answer HTTP, take bytes and give none, or start a program.",
        discussion: """
            The first line on stdout is "listening on ADDR:PORT", or the path of a Unix socket; port 0 lets the \
            system choose one. Diagnostics go to stderr, one line for each connection's handshake and end. Without \
            --cert a self-signed identity is made; its fingerprint is on stderr.

            --stdio serves one client and ends with it. Stdout is the client's alone; where stderr is the same \
            socket, as with inetd, nothing is told.

            --exec runs a command line with /bin/sh -c after each handshake. What the client sends is the program's \
            stdin, which ends with the client's close_notify, and what the program prints goes to the client. When \
            the program ends, the connection is closed. Its exit code, if not 0, is on stderr; where it was killed \
            or not found (126 and more) there is no close_notify, so that the client knows its answer cut short. A \
            program whose client is gone gets SIGTERM, and SIGKILL if that isn't enough. Its environment tells it \
            of the connection; what isn't there is not set:

              SLUICE_CLIENT              the client's address, 192.0.2.1:50000
              SLUICE_VERSION             TLS 1.3
              SLUICE_CIPHER_SUITE        TLS_AES_256_GCM_SHA384
              SLUICE_GROUP               x25519
              SLUICE_SERVER_NAME         the name that the client asked for
              SLUICE_ALPN                the protocol agreed on
              SLUICE_CLIENT_SUBJECT      whose certificate the client has shown
              SLUICE_CLIENT_FINGERPRINT  and its SHA-256

            SIGINT and SIGTERM finish politely: no more connections, close_notify to all, a few seconds for their \
            answers, exit code 0. A second signal ends the server at once.

            EXAMPLES
              sluice serve --listen 127.0.0.1:8443 --www
              sluice serve --listen '[::]:443' --www \\
                --cert a.pem --key a.key --cert b.pem --key b.key
              sluice serve --listen :443 --cert a.pem --key a.key --ocsp a.ocsp
              sluice serve --listen :9000 --client-ca clients.pem --require-client-cert
              sluice serve --listen :9000 --exec 'exec sha256sum'
              sluice serve --unix /run/echo.socket
              socat TCP-LISTEN:9000,fork EXEC:'sluice serve --stdio'

            A key may be encrypted: --passphrase-file or the variable SLUICE_PASSPHRASE opens it.

            EXIT CODES
               0  a signal ended the server, or with --stdio all was said
               1  Sluice itself failed
               2  with --stdio: the client's certificate was not accepted
               3  with --stdio: TLS failed
               4  with --stdio: the client's bytes ended without close_notify
               5  it can't listen there; with --stdio: the client was lost, a
                  time was over, or the program failed
              64  an option, or a file that it names, can't be used
            """
    )

    @OptionGroup(title: "Where clients come from")
    var place: PlaceOptions

    @OptionGroup(title: "What they get")
    var service: ServiceOptions

    @OptionGroup(title: "TLS")
    var tls: ProtocolOptions

    @OptionGroup(title: "Recording")
    var record: RecordingOptions

    @OptionGroup(title: "This server")
    var identity: IdentityOptions

    @OptionGroup(title: "Its clients")
    var server: ServerOptions

    @Option(
        help: ArgumentHelp(
            "The most connections at a time; more wait. (default: \(ServeLimits.connectionsDefault))",
            valueName: "count"
        )
    )
    var maxConnections: Int?

    @Option(help: ArgumentHelp("The time for a handshake; 0 for ever.", valueName: "seconds"))
    var timeout = Seconds(30)

    @Option(help: ArgumentHelp("Close a connection when no byte moves for so long; 0 never.", valueName: "seconds"))
    var idleTimeout = Seconds(300)

    @Flag(name: .shortAndLong, help: "Say nothing on stderr but failures, and what was asked for.")
    var quiet = false

    func validate() throws {
        guard let maxConnections else { return }
        if place.stdio { throw ValidationError("--stdio serves one client: leave out --max-connections.") }
        if !(1...ServeLimits.connectionsMax).contains(maxConnections) {
            throw ValidationError("--max-connections takes 1 to \(ServeLimits.connectionsMax).")
        }
    }

    func run() throws {
        try Console.reporting {
            if place.stdio { try SingleServer.prepare() }
            let settings = try connectionSettings()
            guard let listener = try place.listener() else { return try SingleServer.run(settings: settings) }
            var server = try Server(
                listener,
                settings: settings,
                connectionsMax: maxConnections ?? ServeLimits.connectionsDefault
            )
            try server.run()
        }
    }

    private func connectionSettings() throws -> ConnectionSettings {
        let console = Console(isQuiet: quiet)
        let recording = try record.recording()
        let configuration = try server.configuration(
            as: identity.identities(),
            parameters: tls.parameters(),
            console: console
        )
        return ConnectionSettings(
            context: try TLSContext(configuration, seed: recording?.contextSeed),
            recording: recording,
            service: service.choice,
            observer: ServerObserver(
                console: console,
                isTracing: tls.trace,
                keyLog: try tls.keyLogPath.map { try KeyLog(path: $0) }
            ),
            handshakeTime: timeout.duration,
            idleTime: idleTimeout.duration
        )
    }
}
