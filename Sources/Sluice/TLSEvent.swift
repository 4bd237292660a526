internal import SluiceOpenSSL

/// Something that happened on a connection and its owner may want to know. Pulled with ``TLSEngine/nextEvent()``.
public enum TLSEvent: Hashable, Sendable {
    /// The handshake is over and plaintext may flow.
    case handshakeCompleted(HandshakeSummary)
    /// A client got what lets it resume; there may be several. TLS 1.3 sends them after the handshake.
    case sessionReceived(TLSSession)
    /// A line for a key-log file (`SSLKEYLOGFILE`). It decrypts the connection.
    case keyLogLine(String)
    /// An alert went out. close_notify isn't told: it is what `close()` is for.
    case alertSent(TLSAlert)
    /// An alert came in. close_notify is told as ``peerClosed``.
    case alertReceived(TLSAlert)
    /// New keys from here on, RFC 8446 §4.6.3.
    case keysUpdated(TLSDirection)
    /// The peer's close_notify: it will send no more.
    case peerClosed
    /// A handshake message passed.
    case message(HandshakeMessage)
    /// A record passed.
    case record(TLSRecord)
    /// This many events were not kept, because ``TLSLimits/eventsMax`` others had not been pulled, or
    /// ``TLSLimits/sessionEventsMax`` other sessions.
    case eventsDropped(count: Int)
}

/// Which way something travels, seen from the engine.
public enum TLSDirection: Hashable, Sendable {
    /// From this end to the peer.
    case sent
    /// From the peer to this end.
    case received

    init(_ direction: Direction) {
        self = direction == .outbound ? .sent : .received
    }
}

/// The header of a record, as it stands on the wire: in TLS 1.3 an encrypted one always says `application_data`.
public struct TLSRecord: Hashable, Sendable, CustomStringConvertible {
    /// Which way it went.
    public let direction: TLSDirection
    /// 20 change_cipher_spec, 21 alert, 22 handshake, 23 application_data.
    public let contentType: UInt8
    /// The version field, `0x0303` or `0x0301`.
    public let version: UInt16
    /// Bytes after the 5-byte header.
    public let byteCount: Int

    /// A record header of these parts.
    public init(direction: TLSDirection, contentType: UInt8, version: UInt16, byteCount: Int) {
        self.direction = direction
        self.contentType = contentType
        self.version = version
        self.byteCount = byteCount
    }

    /// The content type's name and the length.
    public var description: String {
        let name =
            switch contentType {
            case 20: "change_cipher_spec"
            case 21: "alert"
            case 22: "handshake"
            case 23: "application_data"
            default: "content type \(contentType)"
            }
        return "\(name), \(byteCount) bytes"
    }
}

extension TLSEngine {
    /// The oldest event that hasn't been pulled, or nil. At most ``TLSLimits/eventsMax`` wait.
    public mutating func nextEvent() -> TLSEvent? {
        let event = nextKeptEvent() ?? droppedEvents()
        if let recorder, let event { recorder.record(TLSCall(.nextEvent, .event(event))) }
        return event
    }

    private mutating func nextKeptEvent() -> TLSEvent? {
        while let notice = connection.nextNotice() {
            if let event = event(for: notice) { return event }
        }
        return nil
    }

    private mutating func droppedEvents() -> TLSEvent? {
        let count = connection.takeDroppedNoticeCount()
        return count > 0 ? .eventsDropped(count: count) : nil
    }

    private func event(for notice: Notice) -> TLSEvent? {
        switch notice {
        case .alert(_, _, let description) where description == TLSAlert.closeNotify.rawValue: nil
        case .alert(.inbound, _, let description): .alertReceived(TLSAlert(rawValue: description))
        case .alert(.outbound, _, let description): .alertSent(TLSAlert(rawValue: description))
        case .handshakeCompleted: summary.map(TLSEvent.handshakeCompleted)
        case .keyLogLine(let line): .keyLogLine(line)
        case .keyUpdate(let direction): .keysUpdated(TLSDirection(direction))
        case .message(let direction, let type, let byteCount):
            .message(HandshakeMessage(direction: TLSDirection(direction), type: type, byteCount: byteCount))
        case .peerClosed: .peerClosed
        case .record(let direction, let contentType, let version, let byteCount):
            .record(
                TLSRecord(
                    direction: TLSDirection(direction),
                    contentType: contentType,
                    version: version,
                    byteCount: byteCount
                )
            )
        case .session(let handle):
            serverName.map { name in
                .sessionReceived(TLSSession(handle, serverName: name, scope: context.resumptionScope))
            }
        }
    }
}
