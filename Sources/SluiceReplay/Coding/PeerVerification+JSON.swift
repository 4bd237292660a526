import Sluice

extension PeerVerification {
    /// Roots must have been read from their files by then: those of another day may be others.
    var json: JSONText {
        let contents = roots.givenContents ?? ([], [])
        let lists = contents.revocationLists
        return .fields([
            "extent": .string(extent.rawValue),
            "roots": .array(contents.certificates.map { .hex($0.derWithTrustSettings) }),
            "rootRevocationLists": lists.isEmpty ? nil : .array(lists.map(\.json)),
            "intermediatesMax": .number(intermediatesMax),
            "revocationLists": .array(revocationLists.map(\.json)),
            "revocationScope": revocationScope == .leaf ? "leaf" : "chain",
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: [
            "extent", "roots", "rootRevocationLists", "intermediatesMax", "revocationLists", "revocationScope",
        ])
        self.init(
            extent: try json.field("extent").choice(["chainAndName": .chainAndName, "chain": .chain, "none": .none])
        )
        let root = { (value: JSONValue) throws(JournalError) in
            let bytes = try value.bytes
            return try value.parsing("a certificate") { () throws(TLSError) in
                try Certificate(derWithTrustSettings: bytes)
            }
        }
        let list = { (value: JSONValue) throws(JournalError) in try RevocationList(json: value) }
        roots = .certificates(
            try json.field("roots").map(root),
            revocationLists: try json.optionalField("rootRevocationLists")?.map(list) ?? []
        )
        intermediatesMax = try json.field("intermediatesMax").integer(in: 0...100)
        revocationLists = try json.field("revocationLists").map(list)
        revocationScope = try json.field("revocationScope").choice(["leaf": .leaf, "chain": .chain])
    }
}

extension ClientAuthentication {
    var json: JSONText {
        switch self {
        case .none: "none"
        case .optional(let verification): ["optional": verification.json]
        case .required(let verification): ["required": verification.json]
        }
    }

    init(json: JSONValue) throws(JournalError) {
        if case .string = json.kind {
            self = try json.choice(["none": .none])
            return
        }
        try json.refuseFields(except: ["optional", "required"])
        if let verification = try json.optionalField("optional") {
            self = .optional(try PeerVerification(json: verification))
        } else {
            self = .required(try PeerVerification(json: json.field("required")))
        }
    }
}
