/// XMPP, RFC 6120 §5: stream headers, the server's features, `<starttls/>`, and `<proceed/>` or `<failure/>`.
struct XMPPDialogue: Dialogue {
    /// Whose stream it is.
    enum Kind: String {
        case client = "jabber:client"
        case server = "jabber:server"
    }

    private enum State {
        case header, features, answer
    }

    private let kind: Kind
    private let server: PreambleHost
    private var state = State.header
    private var scanner = XMLScanner()
    private var isOffered = false
    /// The condition in a stream's error or a failure: its first child.
    private var condition: XMLName?

    init(between kind: Kind, to server: PreambleHost) {
        self.kind = kind
        self.server = server
    }

    /// The host can't hold a quote or a bracket.
    var opening: [UInt8] {
        let header = """
            <?xml version='1.0'?><stream:stream to='\(server.inURI)' version='1.0' \
            xmlns='\(kind.rawValue)' xmlns:stream='\(XMLName.streams)'>
            """
        return Array(header.utf8)
    }

    var awaited: String {
        switch state {
        case .header: "the server's stream header"
        case .features: "the server's stream features"
        case .answer: "the server's answer to <starttls/>"
        }
    }

    mutating func take(_ byte: UInt8) throws(PreambleError) -> DialogueStep {
        var step = DialogueStep.wait
        for event in try scanner.take(byte) {
            switch event {
            case .open(let element): try open(element)
            case .close(let name): step = try close(name)
            }
        }
        return step
    }

    private mutating func open(_ element: XMLElement) throws(PreambleError) {
        switch element.depth {
        case 1: try openStream(element)
        case 2:
            condition = nil
            try demand(XMLName.isKnownAnswer(element.name, whileAsking: state == .answer), element.name)
        case 3:
            if condition == nil { condition = element.name }
            if element.name == .startTLS, state == .features { isOffered = true }
        default: break
        }
    }

    private mutating func openStream(_ element: XMLElement) throws(PreambleError) {
        try demand(element.name == .stream, element.name)
        guard let version = element.attributes["version"], version != "0", !version.hasPrefix("0.") else {
            throw PreambleError(.unsupported, "the server speaks XMPP before 1.0, which has no STARTTLS")
        }
        state = .features
    }

    private mutating func close(_ name: XMLName) throws(PreambleError) -> DialogueStep {
        guard scanner.depth == 1 else {
            if scanner.depth == 0 { throw PreambleError(.refused, "the server closes the stream") }
            return .wait
        }
        switch name {
        case .error: throw PreambleError(.refused, "the server ends the stream: \(conditionWords)")
        case .failure: throw PreambleError(.refused, "the server refuses <starttls/>")
        case .proceed: return .finish([])
        default: break
        }
        guard isOffered else {
            throw PreambleError(.unsupported, "the server doesn't offer <starttls/> among its features")
        }
        state = .answer
        return .say(Array("<starttls xmlns='\(XMLName.tls)'/>".utf8))
    }

    private var conditionWords: String { quoted(Array((condition?.local ?? "no reason given").utf8)) }

    private func demand(_ isExpected: Bool, _ name: XMLName) throws(PreambleError) {
        guard !isExpected else { return }
        let element = quoted(Array(name.local.utf8))
        throw PreambleError(.malformed, "the server says <\(element)> where \(awaited) belongs")
    }
}

extension XMLName {
    static let streams = "http://etherx.jabber.org/streams"
    static let tls = "urn:ietf:params:xml:ns:xmpp-tls"

    fileprivate static let stream = XMLName(namespace: streams, local: "stream")
    fileprivate static let features = XMLName(namespace: streams, local: "features")
    fileprivate static let error = XMLName(namespace: streams, local: "error")
    fileprivate static let startTLS = XMLName(namespace: tls, local: "starttls")
    fileprivate static let proceed = XMLName(namespace: tls, local: "proceed")
    fileprivate static let failure = XMLName(namespace: tls, local: "failure")

    fileprivate static func isKnownAnswer(_ name: XMLName, whileAsking isAsking: Bool) -> Bool {
        name == .error || (isAsking ? name == .proceed || name == .failure : name == .features)
    }
}
