import Sluice
import SluicePOSIX

/// What a server does with its engines' events: tells them and logs keys.
struct ServerObserver {
    let console: Console
    let isTracing: Bool
    let keyLog: KeyLog?

    /// Takes what an engine has to tell.
    func observe(_ engine: inout TLSEngine, of name: String) throws(TransportError) {
        while let event = engine.nextEvent() {
            if isTracing, let line = event.traceLine { console.show("\(name) \(line)") }
            switch event {
            case .handshakeCompleted(let summary): console.note("\(name): \(summary.serverLine)")
            case .keyLogLine(let line): try keyLog?.append(line)
            default: break
            }
        }
    }
}

extension HandshakeSummary {
    /// What was negotiated and with whom, in one line.
    fileprivate var serverLine: String {
        var line = line
        if let serverName { line += ", for \(serverName)" }
        if let client = peerCertificates.first { line += ", client \(client)" }
        return line
    }
}
