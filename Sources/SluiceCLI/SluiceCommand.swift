import ArgumentParser

/// The command `sluice`.
@main
struct SluiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "TLS over anything that carries bytes.",
        discussion: """
            EXAMPLES
              sluice demo                                  a handshake in memory, drawn
              sluice serve --listen 127.0.0.1:8443 --www   a web server, self-signed
              sluice connect example.com:443               stdin and stdout over TLS

            EXIT CODES
            \(ExitReason.table)
            """,
        version: "0.1.0",
        subcommands: [DemoCommand.self, ConnectCommand.self, ServeCommand.self]
    )
}
