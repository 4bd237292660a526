/// IMAP, RFC 9051 §6.2.1 and RFC 3501 §6.2.1: greeting, CAPABILITY, STARTTLS, with untagged responses anywhere.
struct IMAPDialogue: Dialogue {
    private enum State {
        case greeting, capability, answer
    }

    private var state = State.greeting
    private var lines = LineReader()
    private var isOffered = false

    var awaited: String {
        switch state {
        case .greeting: "the server's greeting"
        case .capability: "the server's answer to CAPABILITY"
        case .answer: "the server's answer to STARTTLS"
        }
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let line = try lines.take(byte) else { return .wait }
        let words = line.words
        guard words.count > 1, !Self.endsInLiteral(line) else { throw malformed(line) }
        switch state {
        case .greeting: return try greet(line, status: words[1], isUntagged: words[0].isWord("*"))
        case .capability, .answer: break
        }
        if words[0].isWord("*") {
            try takeUntagged(line, words)
            return .wait
        }
        return try takeTagged(line, words)
    }

    private mutating func greet(
        _ line: [UInt8],
        status: ArraySlice<UInt8>,
        isUntagged: Bool
    ) throws(PreambleError) -> DialogueStep {
        guard isUntagged else { throw malformed(line) }
        if status.isWord("PREAUTH") {
            let words = "the server has logged in already (\(quoted(line))); TLS can only begin before that"
            throw PreambleError(.unsupported, words)
        }
        if status.isWord("BYE") { throw refused("a connection", line) }
        guard status.isWord("OK") else { throw malformed(line) }
        state = .capability
        return .say(Array("a1 CAPABILITY\r\n".utf8))
    }

    private mutating func takeUntagged(_ line: [UInt8], _ words: [ArraySlice<UInt8>]) throws(PreambleError) {
        if words[1].isWord("BYE") { throw refused("to go on", line) }
        guard words[1].isWord("CAPABILITY"), case .capability = state else { return }
        isOffered = words.dropFirst(2).contains { $0.isWord("STARTTLS") }
    }

    private mutating func takeTagged(
        _ line: [UInt8],
        _ words: [ArraySlice<UInt8>]
    ) throws(PreambleError) -> DialogueStep {
        let isCapability = if case .capability = state { true } else { false }
        guard words[0].elementsEqual((isCapability ? "a1" : "a2").utf8) else { throw malformed(line) }
        if words[1].isWord("NO") || words[1].isWord("BAD") {
            throw refused(isCapability ? "CAPABILITY" : "STARTTLS", line)
        }
        guard words[1].isWord("OK") else { throw malformed(line) }
        guard isCapability else { return .finish([]) }
        guard isOffered else { throw PreambleError(.unsupported, "the server doesn't offer STARTTLS") }
        state = .answer
        return .say(Array("a2 STARTTLS\r\n".utf8))
    }

    /// `{12}` announces bytes that are no lines. No server has a reason to send some here.
    private static func endsInLiteral(_ line: [UInt8]) -> Bool {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return false }
        return line[(open + 1)...].dropLast().allSatisfy { $0.isDigit || $0 == UInt8(ascii: "+") }
    }

    private func refused(_ command: String, _ line: [UInt8]) -> PreambleError {
        PreambleError(.refused, "the server refuses \(command): \(quoted(line))")
    }

    private func malformed(_ line: [UInt8]) -> PreambleError {
        PreambleError(.malformed, "no IMAP server says this where \(awaited) belongs: \(quoted(line))")
    }
}
