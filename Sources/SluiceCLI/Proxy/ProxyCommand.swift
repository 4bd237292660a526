import ArgumentParser
import Sluice
import SluicePOSIX
import SluiceProxyService

/// `sluice proxy`: a TLS proxy, of a few options or of a configuration file.
struct ProxyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stand between clients and servers: end TLS, begin it, or both.",
        usage: """
            sluice proxy --config <file> [--check]
            sluice proxy --listen <address> --to <address> ... [<options>]
            """,
        discussion: """
            A configuration file says all that a proxy can do; the options say what fits in a line: one route, from \
            wherever it listens to one or more servers. Addresses are host:port, [IPv6]:port or unix:/path, and to \
            listen at also systemd:NAME, a socket that systemd passes.

            MODES
              terminate     TLS from clients, plaintext to servers
              originate     plaintext from clients, TLS to servers
              bridge        TLS on both sides, each verified by itself
              pass-through  the clients' TLS untouched, routed by what they ask for

            Standard output says "listening on ADDR:PORT" for each address once clients can come; port 0 lets the system \
            choose one. The log is on stderr: a line for each connection, at its end.

            SIGTERM and SIGINT finish politely: no more clients, and those that are there have the drain time to end; \
            a second one has them end at once. SIGHUP reads the configuration and every file that it names again; with a configuration file that happens by \
            itself when they change, too. What is wrong is logged, and all stays as it was.

            --check reads everything, says what the proxy would do, and ends. What is wrong is on stderr, a line for each \
            problem, with file, line and key.

            EXAMPLES
              sluice proxy --listen :443 --cert a.pem --key a.key --to 127.0.0.1:8080
              sluice proxy --listen 127.0.0.1:5432 --mode originate \\
                --to db.example.com:5432 --starttls postgres
              sluice proxy --listen :443 --mode bridge --cert a.pem --key a.key \\
                --client-ca clients.pem --to 10.0.0.5:443 --upstream-ca ca.pem
              sluice proxy --listen :443 --mode pass-through --sni '*.example.com' \\
                --to 10.0.0.5:443 --to 10.0.0.6:443 --send-proxy v2
              sluice proxy --config proxy.yaml --check
              sluice proxy --config proxy.yaml

            EXIT CODES
               0  a signal ended the proxy, or with --check there is nothing wrong
               1  Sluice itself failed
               5  it can't listen there, or can't write its log
              64  an option, the configuration, or a file that it names, can't be
                  used
            """
    )

    @Option(help: ArgumentHelp("The configuration, in YAML; instead of all options but --check.", valueName: "file"))
    var config: String?

    @Flag(help: "Say what the proxy would do, and what is wrong, and end.")
    var check = false

    @OptionGroup(title: "Where clients come from")
    var entrance: ProxyEntranceOptions

    @OptionGroup(title: "Where they go")
    var route: ProxyRouteOptions

    @OptionGroup(title: "TLS with clients")
    var client: ProxyClientOptions

    @OptionGroup(title: "TLS with servers")
    var upstream: ProxyUpstreamOptions

    @OptionGroup(title: "The proxy itself")
    var operations: ProxyOperationsOptions

    func validate() throws {
        let given = entrance.given + route.given + client.given + upstream.given + operations.given
        if config != nil {
            if let option = given.first { throw ValidationError("--config says all: put \(option) into the file.") }
        } else {
            if entrance.listen.isEmpty { throw ValidationError("Say where clients come from: --listen, or --config.") }
            if route.to.isEmpty { throw ValidationError("Say where they go: --to, or --config.") }
        }
    }

    func run() async throws {
        try await Console.reporting {
            do {
                let source = try source()
                if check { return try show(source) }
                // The one place where the proxy begins.
                try await ProxyService(source, version: SluiceCommand.configuration.version).run { Self.tell($0) }
            } catch let error as ConfigurationError {
                let console = Console(isQuiet: false)
                for problem in error.problems { console.fail("\(problem)") }
                throw ExitCode(ExitReason.usage.rawValue)
            }
        }
    }

    private func source() throws -> ConfigurationSource {
        if let config { return .file(config) }
        let line = ProxyLine(
            entrance: entrance,
            route: route,
            client: client,
            upstream: upstream,
            operations: operations
        )
        return .document(try line.document())
    }

    private func show(_ source: ConfigurationSource) throws {
        let document =
            switch source {
            case .file(let path): try ConfigurationDocument(contentsOf: path)
            case .document(let document): document
            }
        try StandardStreams.print(LoadedConfiguration(document, at: .now).report(at: .now))
    }

    private static func tell(_ listeners: [StartedListener]) {
        for listener in listeners {
            // Several event loops share an address. Whether anybody reads this is no reason to end.
            for address in Set(listener.addresses).sorted() {
                try? StandardStreams.print("listening on \(address)\n")
            }
        }
    }
}
