import Sluice

extension TLSAnswer {
    /// An object with one field, named for the question.
    var json: JSONText {
        switch self {
        case .clientHello(let answer): ["clientHello": answer.json]
        case .clientIdentity(.presentNone): ["clientIdentity": "presentNone"]
        case .clientIdentity(.present(let identity)): ["clientIdentity": ["present": identity.json]]
        case .peerCertificate(.accept): ["peerCertificate": "accept"]
        case .peerCertificate(.reject(let rejection)): ["peerCertificate": ["reject": .string("\(rejection)")]]
        }
    }

    init(json: JSONValue) throws(JournalError) {
        let fields = try json.fields
        guard fields.count == 1, let field = fields.first else {
            throw json.failure(.invalidValue, "an answer has one field, named for its question")
        }
        switch field.name {
        case "clientHello": self = .clientHello(try ClientHelloAnswer(json: field.value))
        case "clientIdentity": self = .clientIdentity(try ClientIdentityAnswer(json: field.value))
        case "peerCertificate": self = .peerCertificate(try PeerCertificateAnswer(json: field.value))
        default: throw json.failure(.invalidValue, "\"\(field.name)\" is no question")
        }
    }
}

extension ClientHelloAnswer {
    fileprivate var json: JSONText {
        switch self {
        case .proceed: "proceed"
        case .refuse(let alert): ["refuse": alert.json]
        case .useIdentity(let identity): ["useIdentity": identity.json]
        case .use(let context): ["use": context.json]
        }
    }

    fileprivate init(json: JSONValue) throws(JournalError) {
        if case .string = json.kind {
            self = try json.choice(["proceed": .proceed])
            return
        }
        try json.refuseFields(except: ["refuse", "useIdentity", "use"])
        if let alert = try json.optionalField("refuse") {
            self = .refuse(try TLSAlert(json: alert))
        } else if let identity = try json.optionalField("useIdentity") {
            self = .useIdentity(try TLSIdentity(json: identity))
        } else {
            self = .use(try TLSContext.server(json: json.field("use")))
        }
    }
}

extension TLSContext {
    /// A server's context. What an engine with a seed uses has a seed.
    fileprivate var json: JSONText {
        let configuration: JSONText? =
            if case .server(let configuration) = configurationWithRoots { configuration.json } else { nil }
        return .fields(["seed": seed?.json, "configuration": configuration])
    }

    fileprivate static func server(json: JSONValue) throws(JournalError) -> TLSContext {
        try json.refuseFields(except: ["seed", "configuration"])
        let configuration = try TLSServerConfiguration(json: json.field("configuration"))
        let seed = try json.optional("seed") { value throws(JournalError) in try RandomSeed(json: value) }
        return try json.parsing("a server's context") { () throws(TLSError) in
            try TLSContext(configuration, seed: seed)
        }
    }
}

extension ClientIdentityAnswer {
    fileprivate init(json: JSONValue) throws(JournalError) {
        if case .string = json.kind {
            self = try json.choice(["presentNone": .presentNone])
        } else {
            try json.refuseFields(except: ["present"])
            self = .present(try TLSIdentity(json: json.field("present")))
        }
    }
}

extension PeerCertificateAnswer {
    fileprivate init(json: JSONValue) throws(JournalError) {
        if case .string = json.kind {
            self = try json.choice(["accept": .accept])
            return
        }
        try json.refuseFields(except: ["reject"])
        let field = try json.field("reject")
        let name = try field.string
        guard let rejection = CertificateRejection.allCases.first(where: { "\($0)" == name }) else {
            throw field.failure(.invalidValue, "no certificate is rejected as \"\(name)\"")
        }
        self = .reject(rejection)
    }
}
