import Sluice

extension TLSEvent {
    /// An object with one field, named for the case.
    var json: JSONText {
        switch self {
        case .handshakeCompleted(let summary): ["handshakeCompleted": summary.json]
        case .sessionReceived(let session): ["sessionReceived": session.json]
        case .keyLogLine(let line): ["keyLogLine": .string(line)]
        case .alertSent(let alert): ["alertSent": alert.json]
        case .alertReceived(let alert): ["alertReceived": alert.json]
        case .keysUpdated(let direction): ["keysUpdated": direction.json]
        case .peerClosed: ["peerClosed": true]
        case .message(let message): ["message": message.json]
        case .record(let record): ["record": record.json]
        case .eventsDropped(let count): ["eventsDropped": .number(count)]
        }
    }

    init(json: JSONValue) throws(JournalError) {
        let fields = try json.fields
        guard fields.count == 1, let field = fields.first else {
            throw json.failure(.invalidValue, "an event has one field, named for its kind")
        }
        let value = field.value
        switch field.name {
        case "handshakeCompleted": self = .handshakeCompleted(try HandshakeSummary(json: value))
        case "sessionReceived": self = .sessionReceived(try TLSSession(json: value))
        case "keyLogLine": self = .keyLogLine(try value.string)
        case "alertSent": self = .alertSent(try TLSAlert(json: value))
        case "alertReceived": self = .alertReceived(try TLSAlert(json: value))
        case "keysUpdated": self = .keysUpdated(try TLSDirection(json: value))
        case "peerClosed": self = .peerClosed
        case "message": self = .message(try HandshakeMessage(json: value))
        case "record": self = .record(try TLSRecord(json: value))
        case "eventsDropped": self = .eventsDropped(count: try value.integer(in: 1...Int.max))
        default: throw json.failure(.invalidValue, "\"\(field.name)\" is no kind of event")
        }
    }
}

extension TLSSession {
    /// The exported form.
    var json: JSONText { .hex(exported()) }

    init(json: JSONValue) throws(JournalError) {
        let bytes = try json.bytes
        self = try json.parsing("an exported session") { () throws(TLSError) in try TLSSession(exported: bytes) }
    }
}

extension TLSDirection {
    var json: JSONText { self == .sent ? "sent" : "received" }

    init(json: JSONValue) throws(JournalError) {
        self = try json.choice(["sent": .sent, "received": .received])
    }
}

extension HandshakeMessage {
    var json: JSONText { ["direction": direction.json, "type": .number(type), "byteCount": .number(byteCount)] }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["direction", "type", "byteCount"])
        self.init(
            direction: try TLSDirection(json: json.field("direction")),
            type: try json.field("type").integer(in: UInt8.min...UInt8.max),
            byteCount: try json.field("byteCount").integer(in: 0...0x100_0004)
        )
    }
}

extension TLSRecord {
    var json: JSONText {
        [
            "direction": direction.json, "contentType": .number(contentType), "version": .number(version),
            "byteCount": .number(byteCount),
        ]
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["direction", "contentType", "version", "byteCount"])
        self.init(
            direction: try TLSDirection(json: json.field("direction")),
            contentType: try json.field("contentType").integer(in: UInt8.min...UInt8.max),
            version: try json.field("version").integer(in: UInt16.min...UInt16.max),
            byteCount: try json.field("byteCount").integer(in: 0...0xFFFF)
        )
    }
}
