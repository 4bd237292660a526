import ArgumentParser
import SluicePOSIX

/// The one connection of a process that inetd or its kin has started for it.
enum SingleServer {
    /// Makes sure that there is a client at standard input and output, and that nobody else writes to it. First of all.
    ///
    /// - Throws: ``UsageError`` where somebody types or watches them.
    static func prepare() throws(UsageError) {
        guard !StandardStreams.isInputTyped, !StandardStreams.isOutputWatched else {
            throw UsageError(
                """
                --stdio wants a client at standard input and output, and there is a terminal; have a program start it \
                for each connection: socat TCP-LISTEN:8443,fork,reuseaddr EXEC:'sluice serve --stdio'
                """
            )
        }
        StandardStreams.separateError()
    }

    /// Serves the client until the connection is over.
    ///
    /// - Throws: The exit code where not all was said; why has been told.
    static func run(settings: ConnectionSettings) throws {
        let client = Client(at: StandardStreams.inputPeer)
        let transport = try StandardStreams.takeTransport()
        let connection = try Connection(with: client, over: transport, number: 1, settings: settings)
        var loop = try ConnectionLoop(console: settings.observer.console)
        loop.add(connection)
        while !loop.isOver { _ = try loop.turn() }
        if let failure = connection.failure { throw ExitCode(ExitReason(failure).rawValue) }
    }
}
