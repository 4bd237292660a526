import ArgumentParser

/// The options that say what a server does with what arrives.
struct ServiceOptions: ParsableArguments {
    @Flag var kind: Kind?

    @Option(
        help: ArgumentHelp(
            "Start a program for each connection, with the client at its standard input and output.",
            valueName: "command"
        )
    )
    var exec: String?

    /// The services that are part of `sluice`.
    enum Kind: String, EnumerableFlag {
        case echo, www, discard

        static func help(for value: Kind) -> ArgumentHelp? {
            switch value {
            case .echo: "Send everything back (the default)."
            case .www: "Answer each HTTP/1.x request with a page that shows what was negotiated."
            case .discard: "Take everything and send nothing."
            }
        }
    }

    func validate() throws {
        guard let exec else { return }
        if let kind { throw ValidationError("Give --exec or --\(kind.rawValue), not both.") }
        if exec.allSatisfy(\.isWhitespace) { throw ValidationError("--exec needs a command.") }
    }

    /// What was chosen.
    var choice: ServiceChoice {
        if let exec { return .program(exec) }
        switch kind ?? .echo {
        case .echo: return .echo
        case .www: return .www
        case .discard: return .discard
        }
    }
}
