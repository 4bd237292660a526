import Sluice

extension TLSError {
    private static let faults: KeyValuePairs<String, Fault> = [
        "peer": .peer, "caller": .caller, "transport": .transport, "internal": .internal,
    ]
    private static let senders: KeyValuePairs<String, Alert.Sender> = ["local": .local, "peer": .peer]

    var json: JSONText {
        .fields([
            "code": .string(code.description),
            "fault": Self.faults.first { $0.value == fault }.map { .string($0.key) },
            "words": .string(words),
            "alert": alert.map { alert in
                ["description": alert.description.json, "sender": alert.sender == .local ? "local" : "peer"]
            },
            "verification": verification?.json,
            "isDuringHandshake": .bool(isDuringHandshake),
            "openSSLWords": openSSLWords.isEmpty ? nil : .strings(openSSLWords),
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: [
            "code", "fault", "words", "alert", "verification", "isDuringHandshake", "openSSLWords",
        ])
        let codeField = try json.field("code")
        let name = try codeField.string
        let code = try codeField.parsing("a code of TLSError") { () throws(TLSError) in Code(name: name) }
        self.init(code, fault: try json.field("fault").choice(Self.faults), try json.field("words").string)
        alert = try json.optional("alert") { value throws(JournalError) in
            try value.refuseFields(except: ["description", "sender"])
            return Alert(
                try TLSAlert(json: value.field("description")),
                sentBy: try value.field("sender").choice(Self.senders)
            )
        }
        verification = try json.optional("verification") { value throws(JournalError) in
            try VerificationFailure(json: value)
        }
        isDuringHandshake = try json.field("isDuringHandshake").bool
        openSSLWords = try json.optionalField("openSSLWords")?.strings ?? []
    }
}

extension TLSAlert {
    /// The number, as there are alerts without a name.
    var json: JSONText { .number(rawValue) }

    init(json: JSONValue) throws(JournalError) {
        self.init(rawValue: try json.integer(in: UInt8.min...UInt8.max))
    }
}

extension VerificationFailure {
    var json: JSONText {
        .fields(["reason": .number(reason.rawValue), "depth": .number(depth), "certificate": certificate?.json])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["reason", "depth", "certificate"])
        self.init(
            Reason(rawValue: try json.field("reason").integer(in: Int32.min...Int32.max)),
            depth: try json.field("depth").integer(in: -1...1000),
            certificate: try json.optional("certificate") { value throws(JournalError) in try Certificate(json: value) }
        )
    }
}
