import ArgumentParser
import SluicePOSIX

/// The options that say where a server's clients come from: one of the three.
struct PlaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where to listen; an IPv6 address in brackets, or :PORT for all.", valueName: "addr:port")
    )
    var listen: HostPort?

    @Option(
        help: ArgumentHelp(
            "Listen at a Unix socket, which is removed at the end. One that nobody listens at is replaced.",
            valueName: "path"
        )
    )
    var unix: String?

    @Flag(help: "Serve one client at standard input and output, started by inetd, systemd or socat.")
    var stdio = false

    func validate() throws {
        let given = [listen != nil ? "--listen" : nil, unix != nil ? "--unix" : nil, stdio ? "--stdio" : nil]
            .compactMap { $0 }
        if given.isEmpty { throw ValidationError("Say where clients come from: --listen, --unix or --stdio.") }
        if given.count > 1 { throw ValidationError("Give one of \(given.joined(separator: " and ")).") }
    }

    /// Listens at the place; nil for standard input and output.
    func listener() throws -> SocketListener? {
        if let unix { return try SocketListener(path: unix) }
        if let listen { return try SocketListener(listen) }
        return nil
    }
}
