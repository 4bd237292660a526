/// SMTP and LMTP, RFC 3207: greeting, EHLO or LHLO, STARTTLS.
struct SMTPDialogue: Dialogue {
    private enum State {
        case greeting, hello, answer
    }

    private let hello: String
    private var state = State.greeting
    private var replies = NumberedReplyReader(.numbered)

    init(verb: String, client: PreambleHost) {
        hello = "\(verb) \(client.inMail)"
    }

    var awaited: String {
        switch state {
        case .greeting: "the server's greeting"
        case .hello: "the server's reply to \(hello)"
        case .answer: "the server's reply to STARTTLS"
        }
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let reply = try replies.take(byte) else { return .wait }
        switch state {
        case .greeting:
            try expect(220, in: reply, to: "a connection")
            state = .hello
            return .say(Array("\(hello)\r\n".utf8))
        case .hello:
            try expect(250, in: reply, to: hello)
            guard reply.lines.dropFirst().contains(where: { $0.words.first?.isWord("STARTTLS") == true }) else {
                throw PreambleError(.unsupported, "the server doesn't offer STARTTLS in its reply to \(hello)")
            }
            state = .answer
            return .say(Array("STARTTLS\r\n".utf8))
        case .answer:
            try expect(220, in: reply, to: "STARTTLS")
            return .finish([])
        }
    }
}

extension Dialogue {
    /// Demands this number of a reply.
    func expect(_ number: Int, in reply: NumberedReply, to command: String) throws(PreambleError) {
        guard reply.number != number else { return }
        guard reply.isRefusal else {
            throw PreambleError(.malformed, "the server answers \(command) with \(reply.words), not \(number)")
        }
        throw PreambleError(.refused, "the server refuses \(command): \(reply.words)")
    }
}
