import Sluice
import SluicePOSIX

/// One run of `sluice connect`: gets to the peer, says what goes before TLS, converses.
struct ClientRun {
    /// What engines are made of.
    let context: TLSContext
    /// A session with the peer, if there is one.
    let session: TLSSession?
    /// Where the connection is recorded, if anywhere.
    let recording: Recording?
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
        case .tcp(let peer): try converse(by: route, over: TCP.connect(to: peer, by: deadline))
        case .unixSocket(let path): try converse(by: route, over: UnixSocket.connect(to: path, by: deadline))
        case .command(let command): try converse(by: route, over: ChildProcess(shell: command))
        }
    }

    private mutating func converse<Transport: ByteTransport & ~Copyable>(
        by route: Route,
        over transport: consuming Transport
    ) throws {
        let rest = try approach.come(by: route, over: &transport, by: deadline)
        let journal = try recording?.journal(peer: "\(route)", number: 1)
        defer { journal?.report(to: observer.console) }
        let engine =
            try recording?.engine(context, resuming: session, in: journal) ?? TLSEngine(context, resuming: session)
        let stream = TLSStream(engine, over: transport, adopting: rest)
        var conversation = Conversation(stream, idle: idle)
        try conversation.run(observer: &observer, handshakeBy: deadline)
    }
}
