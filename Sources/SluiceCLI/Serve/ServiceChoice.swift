import SluicePOSIX

/// What a server does with what arrives.
enum ServiceChoice {
    case echo, www, discard
    /// A program for each connection, a command line for `/bin/sh`.
    case program(String)

    /// The service for one connection.
    func makeService(for connection: ConnectionFacts) throws(TransportError) -> any Service {
        switch self {
        case .echo: Answers(of: Echo())
        case .www: Answers(of: Pages(of: connection))
        case .discard: Answers(of: Silence())
        case .program(let command): try ProgramService(command, for: connection)
        }
    }
}
