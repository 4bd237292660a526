/// FTP, RFC 4217 §4: greeting, AUTH TLS.
struct FTPDialogue: Dialogue {
    private enum State {
        case greeting, answer
    }

    private var state = State.greeting
    private var replies = NumberedReplyReader(.free)

    var awaited: String {
        switch state {
        case .greeting: "the server's greeting"
        case .answer: "the server's reply to AUTH TLS"
        }
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let reply = try replies.take(byte) else { return .wait }
        switch state {
        case .greeting:
            if reply.number == 120 { return .wait }  // "ready in … minutes", and then the greeting: RFC 959 §5.4
            try expect(220, in: reply, to: "a connection")
            state = .answer
            return .say(Array("AUTH TLS\r\n".utf8))
        case .answer:
            if Self.isUnknown(reply.number) {
                throw PreambleError(.unsupported, "the server doesn't know AUTH TLS: \(reply.words)")
            }
            try expect(234, in: reply, to: "AUTH TLS")
            return .finish([])
        }
    }

    /// Unrecognised command, not implemented, not for that parameter: RFC 959 §4.2.1, RFC 2228 §3.
    private static func isUnknown(_ number: Int) -> Bool {
        [500, 502, 504].contains(number)
    }
}
