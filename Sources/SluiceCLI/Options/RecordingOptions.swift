import ArgumentParser

/// The options of commands that can record.
struct RecordingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Record into a new journal at this path, or one for each connection in a directory. It holds secrets.",
            discussion: "A path that ends in a slash becomes a directory. `sluice replay` makes the connection again.",
            valueName: "file|dir"
        )
    )
    var record: String?

    /// Where connections are recorded, if anywhere.
    func recording() throws -> Recording? {
        try record.map { try Recording(path: $0, recordedBy: Self.commandLine) }
    }

    /// How the process was called, for people who read a journal; without a proxy's password.
    static var commandLine: String {
        (["sluice"] + CommandLine.arguments.dropFirst().map(ProxyAddress.withoutCredentials)).joined(separator: " ")
    }
}
