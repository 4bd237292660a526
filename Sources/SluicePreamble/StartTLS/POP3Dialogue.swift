/// POP3, RFC 2595 §4: greeting, CAPA, STLS. A server without CAPA is older than RFC 2449 and may know STLS all the same.
struct POP3Dialogue: Dialogue {
    private enum State {
        case greeting, capabilities, list, answer
    }

    private var state = State.greeting
    private var lines = LineReader()
    private var isOffered = false
    private var listBytes = 0

    var awaited: String {
        switch state {
        case .greeting: "the server's greeting"
        case .capabilities, .list: "the server's answer to CAPA"
        case .answer: "the server's answer to STLS"
        }
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let line = try lines.take(byte) else { return .wait }
        switch state {
        case .greeting:
            guard try isOK(line) else { throw refused("a connection", line) }
            state = .capabilities
            return .say(Array("CAPA\r\n".utf8))
        case .capabilities:
            guard try isOK(line) else { return ask() }
            state = .list
            return .wait
        case .list: return try takeListed(line)
        case .answer:
            guard try isOK(line) else { throw refused("STLS", line) }
            return .finish([])
        }
    }

    /// A capability, or the dot behind the last.
    private mutating func takeListed(_ line: [UInt8]) throws(PreambleError) -> DialogueStep {
        listBytes += line.count + 1
        guard listBytes <= PreambleLimits.replyBytesMax else {
            throw PreambleError(.tooLong, "a list has more than \(PreambleLimits.replyBytesMax) bytes")
        }
        guard line == [UInt8(ascii: ".")] else {
            if line.words.first?.isWord("STLS") == true { isOffered = true }
            return .wait
        }
        guard isOffered else {
            throw PreambleError(.unsupported, "the server doesn't offer STLS in its answer to CAPA")
        }
        return ask()
    }

    private mutating func ask() -> DialogueStep {
        state = .answer
        return .say(Array("STLS\r\n".utf8))
    }

    private func isOK(_ line: [UInt8]) throws(PreambleError) -> Bool {
        guard let status = line.words.first else { throw malformed(line) }
        if status.isWord("+OK") { return true }
        guard status.isWord("-ERR") else { throw malformed(line) }
        return false
    }

    private func refused(_ command: String, _ line: [UInt8]) -> PreambleError {
        PreambleError(.refused, "the server refuses \(command): \(quoted(line))")
    }

    private func malformed(_ line: [UInt8]) -> PreambleError {
        PreambleError(.malformed, "no POP3 server says this where \(awaited) belongs: \(quoted(line))")
    }
}
