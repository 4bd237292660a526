/// PostgreSQL: SSLRequest, answered by one byte, and by a server in trouble with its error instead.
struct PostgreSQLDialogue: Dialogue {
    private var isError = false
    private var error: [UInt8] = []

    /// Length 8, and 1234 and 5679 where the protocol's version would stand.
    let opening: [UInt8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]

    var awaited: String { isError ? "the end of the server's error" : "the server's answer to SSLRequest" }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        if isError {
            try takeError(byte)
            return .wait
        }
        switch byte {
        case UInt8(ascii: "S"): return .finish([])
        case UInt8(ascii: "N"):
            throw PreambleError(.unsupported, "the server has no TLS, or none for this address (ssl = off?)")
        case UInt8(ascii: "E"):
            isError = true
            return .wait
        default:
            throw PreambleError(.malformed, "no PostgreSQL server answers SSLRequest with '\(quoted([byte]))'")
        }
    }

    /// An error that the server cut short is one all the same.
    func failureAtEnd() -> PreambleError {
        guard isError else {
            return PreambleError(.truncated, fault: .transport, "the bytes ended before \(awaited)")
        }
        return refused
    }

    /// Text up to a NUL, as a server says it that can't start a process; or the message of protocol 3, which has a
    /// length of four bytes. Of that the first byte is 0, since no message reaches 16 MiB.
    private mutating func takeError(_ byte: UInt8) throws(PreambleError) {
        error.append(byte)
        guard error.count <= PreambleLimits.postgresqlErrorBytesMax else {
            throw PreambleError(.tooLong, "the server's error has more than \(error.count - 1) bytes")
        }
        if error.first == 0 {
            let length = error.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            if error.count >= 4, error.count >= length { throw refused }
        } else if byte == 0 {
            throw refused
        }
    }

    private var refused: PreambleError {
        PreambleError(.refused, "the server refuses a connection: \(quoted(message))")
    }

    /// The text, or the field M of a message of protocol 3.
    private var message: ArraySlice<UInt8> {
        guard error.first == 0 else { return error.prefix { $0 != 0 && $0 != 0x0a } }
        let fields = error.dropFirst(4).split(separator: 0)
        return fields.first { $0.first == UInt8(ascii: "M") }?.dropFirst() ?? []
    }
}
