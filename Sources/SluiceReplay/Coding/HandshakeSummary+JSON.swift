import Sluice

extension HandshakeSummary {
    var json: JSONText {
        .fields([
            "version": version.json,
            "cipherSuite": .string(cipherSuite.name),
            "group": group.map { .string($0.name) },
            "signatureAlgorithm": signatureAlgorithm.map { .string($0.name) },
            "applicationProtocol": applicationProtocol?.json,
            "serverName": serverName.map { .string($0) },
            "isResumed": .bool(isResumed),
            "peerCertificates": .array(peerCertificates.map(\.json)),
            "bytesSent": .number(bytesSent),
            "bytesReceived": .number(bytesReceived),
            "flightsSent": .number(flightsSent),
            "flightsReceived": .number(flightsReceived),
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: [
            "version", "cipherSuite", "group", "signatureAlgorithm", "applicationProtocol", "serverName", "isResumed",
            "peerCertificates", "bytesSent", "bytesReceived", "flightsSent", "flightsReceived",
        ])
        let byteCounts = UInt64(0)...UInt64(Int64.max)
        self.init(
            version: try TLSVersion(json: json.field("version")),
            cipherSuite: CipherSuite(try json.field("cipherSuite").string),
            group: try json.optional("group") { value throws(JournalError) in NamedGroup(try value.string) },
            signatureAlgorithm: try json.optional("signatureAlgorithm") { value throws(JournalError) in
                SignatureAlgorithm(try value.string)
            },
            applicationProtocol: try json.optional("applicationProtocol") { value throws(JournalError) in
                try ApplicationProtocol(json: value)
            },
            serverName: try json.optional("serverName") { value throws(JournalError) in try value.string },
            isResumed: try json.field("isResumed").bool,
            peerCertificates: try json.field("peerCertificates").map { value throws(JournalError) in
                try Certificate(json: value)
            },
            bytes: (
                try json.field("bytesSent").integer(in: byteCounts),
                try json.field("bytesReceived").integer(in: byteCounts)
            ),
            flights: (
                try json.field("flightsSent").integer(in: 0...Int.max),
                try json.field("flightsReceived").integer(in: 0...Int.max)
            )
        )
    }
}
