import Sluice

extension TLSParameters {
    private static let observationNames: KeyValuePairs<String, Observations> = [
        "keyLog": .keyLog, "messages": .messages, "records": .records,
    ]
    private static let decisionNames: KeyValuePairs<String, Decisions> = [
        "clientHello": .clientHello, "clientIdentity": .clientIdentity, "peerCertificate": .peerCertificate,
    ]

    var json: JSONText {
        .fields([
            "versions": .array([versions.lowerBound.json, versions.upperBound.json]),
            "cipherSuites": .strings(cipherSuites.map(\.name)),
            "tls12CipherSuites": .strings(tls12CipherSuites.map(\.name)),
            "groups": .strings(groups.map(\.name)),
            "signatureAlgorithms": .strings(signatureAlgorithms.map(\.name)),
            "securityLevel": .number(securityLevel),
            "applicationProtocols": .array(applicationProtocols.map(\.json)),
            "ringCapacity": .number(ringCapacity),
            "observations": .strings(Self.observationNames.filter { observations.contains($0.value) }.map(\.key)),
            "decisions": .strings(Self.decisionNames.filter { decisions.contains($0.value) }.map(\.key)),
            "time": time?.json,
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: [
            "versions", "cipherSuites", "tls12CipherSuites", "groups", "signatureAlgorithms", "securityLevel",
            "applicationProtocols", "ringCapacity", "observations", "decisions", "time",
        ])
        self.init()
        versions = try Self.versions(json.field("versions"))
        cipherSuites = try json.field("cipherSuites").strings.map { CipherSuite($0) }
        tls12CipherSuites = try json.field("tls12CipherSuites").strings.map { CipherSuite($0) }
        groups = try json.field("groups").strings.map { NamedGroup($0) }
        signatureAlgorithms = try json.field("signatureAlgorithms").strings.map { SignatureAlgorithm($0) }
        securityLevel = try json.field("securityLevel").integer(in: 0...5)
        applicationProtocols = try json.field("applicationProtocols").map { value throws(JournalError) in
            try ApplicationProtocol(json: value)
        }
        ringCapacity = try json.field("ringCapacity").integer(in: TLSLimits.ringCapacityMin...TLSLimits.ringCapacityMax)
        for name in try json.field("observations").elements {
            observations.insert(try name.choice(Self.observationNames))
        }
        for name in try json.field("decisions").elements { decisions.insert(try name.choice(Self.decisionNames)) }
        time = try json.optional("time") { value throws(JournalError) in try UnixTime(json: value) }
    }

    private static func versions(_ json: JSONValue) throws(JournalError) -> ClosedRange<TLSVersion> {
        let versions = try json.map { value throws(JournalError) in try TLSVersion(json: value) }
        guard versions.count == 2, versions[0] <= versions[1] else {
            throw json.failure(.invalidValue, "the oldest version and the newest stand here")
        }
        return versions[0]...versions[1]
    }
}

extension TLSVersion {
    var json: JSONText { self == .tls12 ? "1.2" : "1.3" }

    init(json: JSONValue) throws(JournalError) {
        self = try json.choice(["1.2": .tls12, "1.3": .tls13])
    }
}

extension UnixTime {
    var json: JSONText { .integer(secondsSince1970) }

    init(json: JSONValue) throws(JournalError) {
        self.init(secondsSince1970: try json.integer)
    }
}

extension RandomSeed {
    var json: JSONText { .hex(bytes) }

    init(json: JSONValue) throws(JournalError) {
        let bytes = try json.bytes
        self = try json.parsing("a seed has 32 bytes") { () throws(TLSError) in RandomSeed(bytes: bytes) }
    }
}

extension ServerName {
    var json: JSONText { .string(description) }

    init(json: JSONValue) throws(JournalError) {
        let text = try json.string
        self = try json.parsing("a host name or an address") { () throws(TLSError) in ServerName(text) }
    }
}

extension ApplicationProtocol {
    /// Text where it is UTF-8, else an object of its bytes.
    var json: JSONText {
        String(validating: bytes, as: UTF8.self).map { .string($0) } ?? ["bytes": .hex(bytes)]
    }

    init(json: JSONValue) throws(JournalError) {
        let bytes = if case .string(let text) = json.kind { Array(text.utf8) } else { try json.field("bytes").bytes }
        self = try json.parsing("1 to 255 bytes") { () throws(TLSError) in ApplicationProtocol(bytes) }
    }
}
