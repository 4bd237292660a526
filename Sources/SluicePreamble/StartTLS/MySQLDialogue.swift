/// MySQL and MariaDB: the server's handshake of version 10, answered by an SSLRequest packet, behind which TLS begins.
///
/// ```
/// packet     length (3, little-endian) · number (1) · payload
/// handshake  10 · version, NUL · thread (4) · 8 · 0 · capabilities (2) · …
/// error      255 · number (2) · [#, state (5)] · text
/// ```
struct MySQLDialogue: Dialogue {
    private var packet: [UInt8] = []

    var awaited: String { "the server's handshake packet" }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        packet.append(byte)
        guard packet.count >= 4 else { return .wait }
        let length = packet[..<3].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= PreambleLimits.mysqlPacketBytesMax else {
            throw PreambleError(.tooLong, "the first packet would have \(length) bytes: is this a MySQL server?")
        }
        guard length > 0, packet[3] == 0 else { throw malformed("the first packet is empty, or isn't numbered 0") }
        guard packet.count == 4 + length else { return .wait }
        return try takeHandshake(packet[4...])
    }

    private func takeHandshake(_ payload: ArraySlice<UInt8>) throws(PreambleError) -> DialogueStep {
        switch payload.first {
        case Self.protocolVersion: break
        case 0xff: throw PreambleError(.refused, "the server refuses a connection: \(Self.words(ofError: payload))")
        default: throw malformed("its version isn't \(Self.protocolVersion)")
        }
        let rest = payload.dropFirst().drop { $0 != 0 }.dropFirst()  // behind the version and its NUL
        let low = rest.dropFirst(Self.bytesBeforeCapabilities).prefix(2)
        guard low.count == 2 else { throw malformed("it ends before its capabilities") }
        let capabilities = low.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        guard capabilities & Self.required == Self.required else {
            throw PreambleError(.unsupported, "the server doesn't offer TLS in its handshake (have_ssl = DISABLED?)")
        }
        return .finish(Self.request)
    }

    /// `1130 Host '192.0.2.1' is not allowed to connect to this server`
    private static func words(ofError payload: ArraySlice<UInt8>) -> String {
        let number = payload.dropFirst().prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
        let text = payload.dropFirst(3)
        return "\(number) \(quoted(text.first == UInt8(ascii: "#") ? text.dropFirst(6) : text))"
    }

    private func malformed(_ words: String) -> PreambleError {
        PreambleError(.malformed, "this is no handshake of a MySQL server: \(words)")
    }

    private static let protocolVersion: UInt8 = 10

    /// Thread (4), first part of the nonce (8), a zero.
    private static let bytesBeforeCapabilities = 13

    /// CLIENT_PROTOCOL_41, whose packets we write, and CLIENT_SSL.
    private static let required: UInt32 = 0x0200 | 0x0800

    /// CLIENT_LONG_PASSWORD, without which MariaDB looks for capabilities of its own, and CLIENT_SECURE_CONNECTION.
    private static let capabilities: UInt32 = required | 0x0001 | 0x8000

    /// Capabilities (4), packet bytes (4), character set, 23 zeros; in packet 1.
    private static let request: [UInt8] =
        [32, 0, 0, 1] + (0..<4).map { UInt8(truncatingIfNeeded: capabilities >> (8 * $0)) }
        + [0, 0, 0, 1] + [45] + [UInt8](repeating: 0, count: 23)
}
