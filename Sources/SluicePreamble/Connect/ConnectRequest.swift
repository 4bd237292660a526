/// Asks an HTTP proxy for a tunnel, and stops at the byte behind its consent: CONNECT, RFC 9110 §9.3.6.
///
/// Host, port and credentials are parsed values, so nothing in them can become a header of its own.
public struct ConnectRequest: Preamble {
    private var run: DialogueRun<ConnectDialogue>

    /// A request for a tunnel.
    ///
    /// - Parameters:
    ///   - host: Where the tunnel should end. The proxy resolves a name.
    ///   - port: The port there.
    ///   - credentials: What the proxy wants to see, if anything. They go in the clear unless TLS leads to the proxy.
    public init(to host: PreambleHost, port: UInt16, credentials: ProxyCredentials? = nil) {
        run = DialogueRun(ConnectDialogue(target: "\(host.inURI):\(port)", credentials: credentials))
    }

    /// Whether the proxy opened the tunnel. What `drain` still gives must be sent before the first byte of TLS.
    public var isFinished: Bool { run.isFinished }

    /// Takes bytes that arrived from the proxy, cut anywhere, and none that came through the tunnel.
    ///
    /// - Returns: Bytes taken. Fewer than offered means that the rest came through the tunnel.
    /// - Throws: ``PreambleError`` when there will be no tunnel; every later call throws the same value.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) throws(PreambleError) -> Int {
        try run.feed(bytes)
    }

    /// Takes the news that the proxy will send nothing more. Without effect once the tunnel is open.
    ///
    /// - Throws: ``PreambleError/Code/truncated``.
    public mutating func feedEOF() throws(PreambleError) {
        try run.feedEOF()
    }

    /// What to send to the proxy now; empty if nothing. The first time, the request with the credentials.
    public mutating func drain() -> [UInt8] {
        run.drain()
    }
}

/// The request at once, then responses until one decides.
private struct ConnectDialogue: Dialogue {
    let target: String
    let credentials: ProxyCredentials?
    private var head = HeaderBlockReader()

    init(target: String, credentials: ProxyCredentials?) {
        self.target = target
        self.credentials = credentials
    }

    var opening: [UInt8] {
        let authorization = credentials.map { "Proxy-Authorization: \($0.basic)\r\n" } ?? ""
        return Array("CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\(authorization)\r\n".utf8)
    }

    var awaited: String { "the proxy's response to CONNECT \(target)" }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        guard let lines = try head.take(byte) else { return .wait }
        let status = try status(of: lines)
        switch status {
        case 101: throw malformed(lines[0])  // we didn't ask for another protocol
        case 100..<200: return .wait
        // A Content-Length or Transfer-Encoding is to be ignored here: RFC 9110 §9.3.6.
        case 200..<300: return .finish([])
        case 407: throw PreambleError(.authenticationRequired, authenticationWords(lines))
        default:
            throw PreambleError(.refused, "the proxy refuses a tunnel to \(target): \(words(of: lines[0]))")
        }
    }

    /// `HTTP/1.1 200 Connection established`, in which the reason may be missing.
    private func status(of lines: [[UInt8]]) throws(PreambleError) -> Int {
        guard let first = lines.first else { throw malformed([]) }
        let parts = first.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].elementsEqual("HTTP/1.1".utf8) || parts[0].elementsEqual("HTTP/1.0".utf8),
            parts[1].count == 3, let status = parts[1].decimal(max: 599), status >= 100
        else { throw malformed(first) }
        guard lines.dropFirst().allSatisfy({ HeaderField($0) != nil || $0.first?.isBlank == true }) else {
            throw PreambleError(.malformed, "the header of the proxy's response has a line that is no field")
        }
        return status
    }

    private func authenticationWords(_ lines: [[UInt8]]) -> String {
        let wanted = lines.compactMap { HeaderField($0) }.filter { $0.name.isWord("Proxy-Authenticate") }
        let challenges =
            wanted.isEmpty ? "" : " (it asks for \(quoted(Array(wanted.map(\.value).joined(separator: ", ".utf8)))))"
        let remedy = credentials == nil ? "give a user and a password" : "it doesn't take this user and password"
        return "the proxy wants credentials\(challenges): \(remedy)"
    }

    private func words(of line: [UInt8]) -> String {
        quoted(line.drop { $0 != UInt8(ascii: " ") }.dropFirst())
    }

    private func malformed(_ line: [UInt8]) -> PreambleError {
        PreambleError(.malformed, "no HTTP proxy says this where \(awaited) belongs: \(quoted(line))")
    }
}
