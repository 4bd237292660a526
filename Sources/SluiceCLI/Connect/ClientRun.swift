import Sluice
import SluicePOSIX
import SluicePreamble

/// One run of `sluice connect`: gets to the peer, says what goes before TLS, converses.
struct ClientRun {
    /// What engines are made of.
    let context: TLSContext
    /// A session with the peer, if there is one.
    let session: TLSSession?
    /// Where the connection is recorded, if anywhere.
    let recording: Recording?
    /// What engines are made of that speak TLS with a proxy, if one is to.
    let proxyContext: TLSContext?
    /// What is said before TLS.
    let approach: Approach
    /// The end of the time for all that comes before plaintext.
    let deadline: Deadline
    /// How long nothing may move.
    let idle: Duration?
    /// What is told.
    var observer: ClientObserver

    /// Converses with the peer until the end.
    ///
    /// - Parameter route: How it is reached.
    /// - Throws: Why there was no connection, or no clean end.
    mutating func converse(by route: Route) throws {
        switch route {
        case .tcp(let peer):
            let descriptor = try TCP.connect(to: peer, by: deadline)
            let ends = ProxyHeader.Route(of: descriptor)
            try converse(by: route, over: descriptor, ends: ends)
        case .unixSocket(let path):
            let descriptor = try asTyped { () throws(TransportError) in
                try UnixSocket.connect(to: path, by: deadline)
            }
            try converse(by: route, over: descriptor)
        case .command(let command):
            // Where there is a terminal it may have to ask for a password, as ssh does. Else it is ended with its own.
            let program = try ChildProcess(
                shell: command,
                environment: SecretVariables.withheld,
                group: StandardStreams.hasTerminal ? .shared : .own
            )
            try converse(by: route, over: program)
        case .descriptors(let numbers): try converse(by: route, over: numbers.makeTransport())
        case .serialLine(let device):
            let descriptor = try asTyped { () throws(TransportError) in
                try SerialLine.open(device.path, baudRate: device.baudRate)
            }
            try converse(by: route, over: descriptor)
        case .tunnel(let proxy, let peer):
            let tunnel = Tunnel(through: proxy, to: peer, by: deadline, isTraced: approach.isTraced)
            try converse(by: route, through: tunnel)
        }
    }

    /// Opens something by a name of the command line, so that a name which can't be one is told as such.
    private func asTyped(_ open: () throws(TransportError) -> Descriptor) throws -> Descriptor {
        do throws(TransportError) { return try open() } catch {
            if error.code == .invalidArgument { throw UsageError("\(error)") }
            throw error
        }
    }

    private mutating func converse(by route: Route, through tunnel: Tunnel) throws {
        var descriptor = try tunnel.connect()
        if let proxyContext {
            var stream = try tunnel.secure(descriptor, with: proxyContext)
            let rest = try tunnel.open(over: &stream)
            try converse(by: route, over: stream, adopting: rest)
        } else {
            let rest = try tunnel.open(over: &descriptor)
            try converse(by: route, over: descriptor, adopting: rest)
        }
    }

    private mutating func converse<Transport: ByteTransport & ~Copyable>(
        by route: Route,
        over transport: consuming Transport,
        ends: ProxyHeader.Route? = nil,
        adopting bytes: [UInt8] = []
    ) throws {
        let rest = try approach.come(by: route, over: &transport, ends: ends, adopting: bytes, by: deadline)
        let journal = try recording?.journal(peer: "\(route)", number: 1)
        defer { journal?.report(to: observer.console) }
        let engine =
            try recording?.engine(context, resuming: session, in: journal) ?? TLSEngine(context, resuming: session)
        let stream = TLSStream(engine, over: transport, adopting: rest)
        var conversation = Conversation(stream, idle: idle)
        try conversation.run(observer: &observer, handshakeBy: deadline)
    }
}
