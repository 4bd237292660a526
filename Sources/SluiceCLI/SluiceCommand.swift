import ArgumentParser
import Dispatch
import SluicePOSIX

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
              sluice proxy --config proxy.yaml             a TLS proxy
              sluice replay Fixtures/Captures              recorded connections once more
              sluice inspect shop.journal                  a recorded connection, drawn
              sluice simulate --seed 1 --runs 10           hostile networks, checked

            EXIT CODES
            \(ExitReason.table)
            """,
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, ConnectCommand.self, ServeCommand.self, ReplayCommand.self, InspectCommand.self,
            ExportCommand.self, SimulateCommand.self, StepCommand.self, ProxyCommand.self,
        ]
    )
}

extension SluiceCommand {
    /// Where the process begins.
    ///
    /// An asynchronous `main`, as AsyncParsableCommand has it, would be too late: Swift's runtime opens descriptors of its
    /// own before it, and where standard input is missing one of them would get its number.
    static func main() {
        StandardStreams.prepare()
        do {
            var command = try parseAsRoot()
            guard command is any AsyncParsableCommand else { return try command.run() }
            Task { await runAsynchronously() }
            dispatchMain()
        } catch {
            exit(withError: error)
        }
    }

    /// Parses the command line once more, as a command can't be sent from the main thread to others.
    private static func runAsynchronously() async -> Never {
        do {
            var command = try parseAsRoot() as? any AsyncParsableCommand
            try await command?.run()
            exit()
        } catch {
            exit(withError: error)
        }
    }
}
