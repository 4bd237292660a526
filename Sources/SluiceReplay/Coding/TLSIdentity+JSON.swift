import Sluice

// Certificates as the DER bytes that were signed; keys as PEM, not encrypted.

extension Certificate {
    var json: JSONText { .hex(der) }

    init(json: JSONValue) throws(JournalError) {
        let der = try json.bytes
        self = try json.parsing("a certificate") { () throws(TLSError) in try Certificate(der: der) }
    }
}

extension RevocationList {
    var json: JSONText { .hex(der) }

    init(json: JSONValue) throws(JournalError) {
        let der = try json.bytes
        self = try json.parsing("a revocation list") { () throws(TLSError) in try RevocationList(der: der) }
    }
}

extension OCSPResponse {
    var json: JSONText { .hex(der) }

    init(json: JSONValue) throws(JournalError) {
        let der = try json.bytes
        self = try json.parsing("an OCSP response") { () throws(TLSError) in try OCSPResponse(der: der) }
    }
}

extension TLSIdentity {
    /// An identity was made of a key that could be read, so it can be written; an empty text would fail to be read again.
    var json: JSONText {
        .fields([
            "certificateChain": .array(certificateChain.map(\.json)),
            "privateKey": .string((try? privateKey.dangerouslyExportedPEM()) ?? ""),
            "ocspResponse": ocspResponse?.json,
        ])
    }

    init(json: JSONValue) throws(JournalError) {
        try json.refuseFields(except: ["certificateChain", "privateKey", "ocspResponse"])
        let chain = try json.field("certificateChain").map { certificate throws(JournalError) in
            try Certificate(json: certificate)
        }
        let keyField = try json.field("privateKey")
        let pem = try keyField.string
        let key = try keyField.parsing("a private key in PEM") { () throws(TLSError) in try PrivateKey(pem: pem) }
        let response = try json.optional("ocspResponse") { value throws(JournalError) in try OCSPResponse(json: value) }
        self = try json.parsing("an identity") { () throws(TLSError) in
            try TLSIdentity(certificateChain: chain, privateKey: key).stapling(response)
        }
    }
}
