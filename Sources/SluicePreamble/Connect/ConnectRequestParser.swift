/// The proxy's end of CONNECT: takes a client's request, and says what the owner decides.
///
/// Feed it until ``target`` is there, then `accept()` or `refuse(_:)`. A client may send its first bytes of TLS before it
/// is answered; they aren't taken, and belong into the tunnel.
public struct ConnectRequestParser: Preamble {
    private var run = DialogueRun(ConnectRequestDialogue())
    private var answer: [UInt8] = []

    /// Makes a parser for one connection.
    public init() {}

    /// Where the client wants to go, once the whole request was taken.
    public var target: Target? { run.isFinished ? run.dialogue.target : nil }

    /// Where a tunnel should end.
    public struct Target: Hashable, Sendable {
        /// The host as the client says it.
        public let host: PreambleHost
        /// The port there.
        public let port: UInt16
        /// The value of Proxy-Authorization, if there is one: `Basic …`. It is the client's secret.
        public let authorization: [UInt8]?
    }

    /// Whether the request was taken. The answer must still be drained before the first byte of the tunnel.
    public var isFinished: Bool { run.isFinished }

    /// Takes bytes that arrived from the client, cut anywhere, and none behind its request.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the rest belongs into the tunnel.
    /// - Throws: ``PreambleError`` when this is no request for a tunnel; every later call throws the same value.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        try run.feed(bytes)
    }

    /// Takes the news that the client will send nothing more. Without effect behind the request.
    ///
    /// - Throws: ``PreambleError/Code/truncated``.
    public mutating func feedEOF() throws(PreambleError) {
        try run.feedEOF()
    }

    /// Says that the tunnel stands: `HTTP/1.1 200 Connection established`.
    public mutating func accept() {
        answer = Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8)
    }

    /// Says no, and that the connection ends.
    public mutating func refuse(_ refusal: Refusal) {
        answer = Array(
            "HTTP/1.1 \(refusal.line)\r\n\(refusal.fields)Content-Length: 0\r\nConnection: close\r\n\r\n".utf8
        )
    }

    /// What to send to the client now; empty if nothing.
    public mutating func drain() -> [UInt8] {
        defer { answer = [] }
        return run.drain() + answer
    }

    /// Why a client gets no tunnel.
    public enum Refusal: Hashable, Sendable, CaseIterable {
        /// This is no request for a tunnel: 400.
        case badRequest
        /// This client may not go there: 403.
        case forbidden
        /// It must say who it is, by Basic credentials: 407.
        case authenticationRequired
        /// The host can't be reached: 502.
        case badGateway
        /// The host doesn't answer in time: 504.
        case gatewayTimeout

        fileprivate var line: String {
            switch self {
            case .badRequest: "400 Bad Request"
            case .forbidden: "403 Forbidden"
            case .authenticationRequired: "407 Proxy Authentication Required"
            case .badGateway: "502 Bad Gateway"
            case .gatewayTimeout: "504 Gateway Timeout"
            }
        }

        fileprivate var fields: String {
            self == .authenticationRequired ? "Proxy-Authenticate: Basic realm=\"proxy\", charset=\"UTF-8\"\r\n" : ""
        }
    }
}

private struct ConnectRequestDialogue: Dialogue {
    private(set) var target: ConnectRequestParser.Target?
    private var head = HeaderBlockReader()

    let awaited = "the end of the client's request"

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let lines = try head.take(byte) else { return .wait }
        guard let first = lines.first else { throw PreambleError(.malformed, "the client's request is empty") }
        let parts = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].elementsEqual("HTTP/1.1".utf8) || parts[2].elementsEqual("HTTP/1.0".utf8)
        else {
            throw PreambleError(.malformed, "this is no request line: \(quoted(first))")
        }
        guard parts[0].elementsEqual("CONNECT".utf8) else {
            throw PreambleError(.unsupported, "only CONNECT is served, and this is \(quoted(parts[0]))")
        }
        let fields = lines.dropFirst().compactMap { HeaderField($0) }
        guard fields.count == lines.count - 1 else {
            throw PreambleError(.malformed, "the header of the client's request has a line that is no field")
        }
        target = try target(String(decoding: parts[1], as: UTF8.self), fields)
        return .finish([])
    }

    private func target(_ text: String, _ fields: [HeaderField]) throws(PreambleError) -> ConnectRequestParser.Target {
        guard let colon = text.lastIndex(of: ":"),
            let port = text[text.index(after: colon)...].utf8.decimal(max: 65_535), port > 0,
            let host = PreambleHost(String(text[..<colon])), host.address?.isIPv6 != true || text.hasPrefix("[")
        else {
            throw PreambleError(.malformed, "a tunnel leads to HOST:PORT, and this isn't: \(quoted(Array(text.utf8)))")
        }
        let authorizations = fields.filter { $0.name.isWord("Proxy-Authorization") }
        guard authorizations.count <= 1 else {
            throw PreambleError(.malformed, "the client's request has two fields Proxy-Authorization")
        }
        let authorization = authorizations.first.map { Array($0.value) }
        return ConnectRequestParser.Target(host: host, port: UInt16(port), authorization: authorization)
    }
}
