import Sluice
import SluicePOSIX

/// What a client does with its engine's events: tells them, logs keys, keeps sessions.
struct ClientObserver {
    let console: Console
    private let isTracing: Bool
    private let showsCerts: Bool
    private let keyLog: KeyLog?
    private let sessionFile: SessionFile?
    private let session: TLSSession?

    init(console: Console, tls: ProtocolOptions, session path: String?, showsCerts: Bool) throws {
        self.console = console
        isTracing = tls.trace
        self.showsCerts = showsCerts
        sessionFile = path.map { SessionFile(path: $0) }
        session = try sessionFile?.load()
        keyLog = try tls.keyLogPath.map { try KeyLog(path: $0) }
    }

    /// The session to offer a server: the one in the file, if it is with that server.
    func sessionToResume(with name: ServerName) -> TLSSession? {
        guard let session else { return nil }
        if session.serverName == name { return session }
        console.note(
            "the session file has a session with \(session.serverName), not \(name); a new one will replace it"
        )
        return nil
    }

    /// Takes what the engine has to tell.
    mutating func observe(_ engine: inout TLSEngine) throws(TransportError) {
        while let event = engine.nextEvent() {
            if isTracing, let line = event.traceLine { console.show(line) }
            switch event {
            case .handshakeCompleted(let summary): tell(summary)
            case .sessionReceived(let session): try sessionFile?.save(session)
            case .keyLogLine(let line): try keyLog?.append(line)
            case .alertReceived(let alert) where !isTracing: console.note("the peer sent the alert \(alert)")
            default: break
            }
        }
    }

    private func tell(_ summary: HandshakeSummary) {
        console.note("connected: \(summary.line)")
        if showsCerts {
            for (depth, certificate) in summary.peerCertificates.enumerated() {
                console.show(certificate.report(depth: depth))
            }
        }
    }
}
