import Sluice

extension TLSEvent {
    /// The line that `--trace` shows for it; nil for what is shown elsewhere, or holds secrets.
    var traceLine: String? {
        switch self {
        case .message(let message): "\(message.direction.arrow)   \(message), \(message.byteCount) bytes"
        case .record(let record): "\(record.direction.arrow) record \(record)"
        case .alertSent(let alert): "\(TLSDirection.sent.arrow)   alert \(alert)"
        case .alertReceived(let alert): "\(TLSDirection.received.arrow)   alert \(alert)"
        case .keysUpdated(let direction): "\(direction.arrow)   new keys"
        case .peerClosed: "\(TLSDirection.received.arrow)   alert close_notify"
        case .sessionReceived(let session): "\(TLSDirection.received.arrow)   \(session)"
        case .eventsDropped(let count): "!! \(count) events came too fast to be shown"
        case .handshakeCompleted, .keyLogLine: nil
        }
    }
}

extension TLSDirection {
    /// `>>` to the peer, `<<` from it.
    var arrow: String {
        switch self {
        case .sent: ">>"
        case .received: "<<"
        }
    }
}

extension HandshakeSummary {
    /// What was negotiated, in one line.
    var line: String {
        var parts = ["\(version)", "\(cipherSuite)"]
        if let group { parts.append("\(group)") }
        if let signatureAlgorithm { parts.append("\(signatureAlgorithm)") }
        if let applicationProtocol { parts.append("ALPN \(applicationProtocol)") }
        if isResumed { parts.append("resumed") }
        return parts.joined(separator: ", ")
    }
}
