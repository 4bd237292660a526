/// What the server needs of a request.
struct HTTPRequest: Hashable {
    /// `GET`, `HEAD`, `POST`.
    let method: String
    /// The target as it was sent.
    let target: String
    /// The 1 of `HTTP/1.1`.
    let minorVersion: Int
    /// Whether the connection stays open behind it: HTTP/1.1 without `Connection: close`, and a body whose end is known.
    let isKeptAlive: Bool
    /// Bytes of body that follow the head.
    let bodyByteCount: Int
}

/// Why a request gets no page.
enum HTTPFailure: Error, Hashable {
    case malformed, headTooLarge, versionNotSupported, bodyTooLarge

    /// Code and phrase of the response.
    var status: String {
        switch self {
        case .malformed: "400 Bad Request"
        case .headTooLarge: "431 Request Header Fields Too Large"
        case .versionNotSupported: "505 HTTP Version Not Supported"
        case .bodyTooLarge: "413 Content Too Large"
        }
    }
}

extension HTTPRequest {
    /// Reads a head: the lines before the empty one, RFC 9112.
    init(head: [UInt8]) throws(HTTPFailure) {
        var lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
            .map { String(decoding: $0, as: UTF8.self) }
        let words = lines.removeFirst().split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard words.count == 3, isToken(words[0]), !words[1].isEmpty, isVisible(words[1]) else {
            throw .malformed
        }
        guard words[2].hasPrefix("HTTP/") else { throw .malformed }
        guard words[2] == "HTTP/1.0" || words[2] == "HTTP/1.1" else { throw .versionNotSupported }
        var fields = HTTPFields()
        for line in lines where !fields.add(line) { throw .malformed }
        guard fields.bodyByteCount <= Self.bodyBytesMax else { throw .bodyTooLarge }
        let isNewer = words[2] == "HTTP/1.1"
        method = words[0]
        target = words[1]
        minorVersion = isNewer ? 1 : 0
        isKeptAlive = isNewer && !fields.isCloseWanted && !fields.isBodyCoded
        bodyByteCount = fields.bodyByteCount
    }

    /// Bodies are skipped, not kept; this ends one that would take for ever.
    private static let bodyBytesMax = 1 << 30
}

/// The header fields that matter here.
private struct HTTPFields {
    var isCloseWanted = false
    var isBodyCoded = false
    var bodyByteCount = 0
    private var isLengthSeen = false

    /// Takes a field line. Returns whether it is well formed.
    mutating func add(_ line: String) -> Bool {
        guard let colon = line.firstIndex(of: ":"), isToken(String(line[..<colon])) else { return false }
        let value = line[line.index(after: colon)...].lowercased().trimmed
        switch line[..<colon].lowercased() {
        case "connection":
            if value.split(separator: ",").contains(where: { String($0).trimmed == "close" }) { isCloseWanted = true }
        case "transfer-encoding": isBodyCoded = true
        case "content-length":
            guard value.utf8.allSatisfy(isDigit), let count = Int(value) else { return false }
            // Two lengths are an attack on whoever believes the other one, RFC 9112 §6.3.
            guard !isLengthSeen || bodyByteCount == count else { return false }
            (bodyByteCount, isLengthSeen) = (count, true)
        default: break
        }
        return true
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// Whether a text is a token of RFC 9110 §5.6.2.
private func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !delimiters.contains($0) }
}

private let delimiters = Array("\"(),/:;<=>?@[\\]{}".utf8)

/// Whether a text holds neither spaces nor control characters.
private func isVisible(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
}

extension String {
    /// Without spaces and tabs at either end.
    fileprivate var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
