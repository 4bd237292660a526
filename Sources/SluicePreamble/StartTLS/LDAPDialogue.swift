/// LDAP, RFC 4511 §4.14: an extended request, and an extended response with a result code.
struct LDAPDialogue: Dialogue {
    private var message: [UInt8] = []

    var awaited: String { "the server's response to StartTLS" }

    /// LDAPMessage { messageID 1, extendedReq [APPLICATION 23] { requestName [0] } }
    var opening: [UInt8] {
        let name = Array("1.3.6.1.4.1.1466.20037".utf8)
        let request = [0x77, UInt8(name.count + 2), 0x80, UInt8(name.count)] + name
        return [0x30, UInt8(request.count + 3), 0x02, 0x01, 0x01] + request
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        message.append(byte)
        var reader = BERReader(message[...])
        guard message.first == BERReader.sequence else { throw Self.malformed }
        switch reader.takeHeader() {
        case .incomplete: return .wait
        case .malformed: throw Self.malformed
        case .element(_, let length):
            guard length <= PreambleLimits.ldapMessageBytesMax else {
                throw PreambleError(.tooLong, "the server's message would have \(length) bytes")
            }
            guard reader.rest.count == length else { return .wait }
            return try takeResponse(reader.rest)
        }
    }

    private func takeResponse(_ body: ArraySlice<UInt8>) throws(PreambleError) -> DialogueStep {
        var body = BERReader(body)
        guard let identifier = body.take(BERReader.integer), let response = body.take(Self.extendedResponse) else {
            throw Self.malformed
        }
        var fields = BERReader(response)
        guard let result = fields.take(BERReader.enumerated), let number = Self.number(result),
            fields.take(BERReader.octetString) != nil, let text = fields.take(BERReader.octetString),
            let identifier = Self.number(identifier)
        else { throw Self.malformed }
        switch (identifier, number) {
        case (1, 0): return .finish([])
        case (1, 2):
            throw PreambleError(.unsupported, "the server doesn't offer StartTLS: \(Self.words(number, text))")
        case (1, _): throw PreambleError(.refused, "the server refuses StartTLS: \(Self.words(number, text))")
        case (0, _): throw PreambleError(.refused, "the server disconnects: \(Self.words(number, text))")
        default: throw Self.malformed
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(bytes.count), bytes.first.map({ $0 < 0x80 }) == true else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// `52 unavailable (TLS already started)`
    private static func words(_ number: Int, _ text: ArraySlice<UInt8>) -> String {
        let name = names[number].map { "\(number) \($0)" } ?? "\(number)"
        return text.isEmpty ? name : "\(name) (\(quoted(text)))"
    }

    /// RFC 4511 §4.1.9, those that an answer to StartTLS may have by §4.14.2, and by what servers do.
    private static let names = [
        1: "operationsError", 2: "protocolError", 8: "strongerAuthRequired", 10: "referral",
        13: "confidentialityRequired", 50: "insufficientAccessRights", 51: "busy", 52: "unavailable",
        53: "unwillingToPerform", 80: "other",
    ]

    private static var malformed: PreambleError {
        PreambleError(.malformed, "the server's bytes are no LDAP response to StartTLS")
    }

    /// [APPLICATION 24], constructed.
    private static let extendedResponse: UInt8 = 0x78
}
