import Sluice

extension TLSClientConfiguration {
    var json: JSONText {
        .fields([
            "serverName": serverName.json, "verification": verification.json, "identity": identity?.json,
            "parameters": parameters.json,
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["serverName", "verification", "identity", "parameters"])
        self.init(serverName: try ServerName(json: json.field("serverName")))
        verification = try PeerVerification(json: json.field("verification"))
        identity = try json.optional("identity") { value throws(JournalError) in try TLSIdentity(json: value) }
        parameters = try TLSParameters(json: json.field("parameters"))
    }
}

extension TLSServerConfiguration {
    var json: JSONText {
        [
            "identities": .array(identities.map(\.json)), "clientAuthentication": clientAuthentication.json,
            "sessions": sessions.json, "parameters": parameters.json,
        ]
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["identities", "clientAuthentication", "sessions", "parameters"])
        self.init(
            identities: try json.field("identities").map { value throws(JournalError) in try TLSIdentity(json: value) }
        )
        clientAuthentication = try ClientAuthentication(json: json.field("clientAuthentication"))
        sessions = try ServerSessions(json: json.field("sessions"))
        parameters = try TLSParameters(json: json.field("parameters"))
    }
}

extension ServerSessions {
    var json: JSONText {
        .fields([
            "ticketCount": .number(ticketCount), "lifetime": .integer(lifetime.components.seconds),
            "ticketKeys": .array(ticketKeys.map { .hex($0.bytes) }),
            "holdsTicketsUntilFirstWrite": .bool(holdsTicketsUntilFirstWrite),
            "cacheSessionsMax": .number(cacheSessionsMax),
            "context": context.isEmpty ? nil : .hex(context),
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: [
            "ticketCount", "lifetime", "ticketKeys", "holdsTicketsUntilFirstWrite", "cacheSessionsMax", "context",
        ])
        self.init()
        ticketCount = try json.field("ticketCount").integer(in: 0...16)
        lifetime = .seconds(try json.field("lifetime").integer(in: Int64(1)...TLSLimits.sessionLifetimeSecondsMax))
        ticketKeys = try json.field("ticketKeys").map { value throws(JournalError) in
            let bytes = try value.bytes
            return try value.parsing("a ticket key has 48 or 80 bytes") { () throws(TLSError) in
                SessionTicketKey(bytes: bytes)
            }
        }
        holdsTicketsUntilFirstWrite = try json.field("holdsTicketsUntilFirstWrite").bool
        cacheSessionsMax = try json.field("cacheSessionsMax").integer(in: 0...1_000_000)
        context = try json.optional("context") { value throws(JournalError) in try value.bytes } ?? []
    }
}
