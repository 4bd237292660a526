import ArgumentParser

/// The command `sluice`.
@main
struct SluiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sluice",
        abstract: "TLS over anything that carries bytes."
    )
}
