import Sluice

/// Answers each HTTP/1.x request with a page of what was negotiated.
struct Pages: Answerer {
    private let connection: ConnectionFacts
    private var parser = HTTPRequestParser()

    /// Pages that show this.
    init(of connection: ConnectionFacts) {
        self.connection = connection
    }

    mutating func respond(to bytes: ArraySlice<UInt8>) -> Reply {
        var reply = Reply()
        parser.append(bytes)
        while !reply.isLast {
            switch parser.next() {
            case .incomplete: return reply
            case .request(let request):
                let page = connection.page(for: request)
                let response = HTTPResponse(status: "200 OK", body: page, isKeptAlive: request.isKeptAlive)
                reply.bytes += response.bytes(omittingBody: request.method == "HEAD")
                reply.isLast = !request.isKeptAlive
            case .failure(let failure):
                reply.bytes += HTTPResponse(status: failure.status, body: failure.status + "\n", isKeptAlive: false)
                    .bytes()
                reply.isLast = true
            }
        }
        return reply
    }
}

extension ConnectionFacts {
    /// The page: plain text, one fact in a line.
    fileprivate func page(for request: HTTPRequest) -> String {
        let facts: [(String, String)] = [
            ("request", "\(request.method) \(request.target) HTTP/1.\(request.minorVersion)"),
            ("client", "\(client)"),
            ("version", "\(summary.version)"),
            ("cipher suite", "\(summary.cipherSuite)"),
            ("group", summary.group.map { "\($0)" } ?? "none"),
            ("signature", summary.signatureAlgorithm.map { "\($0)" } ?? "none"),
            ("ALPN", summary.applicationProtocol.map { "\($0)" } ?? "none"),
            ("server name", summary.serverName ?? "none"),
            ("session", summary.isResumed ? "resumed" : "new"),
            ("client certificate", summary.peerCertificates.first.map { "\($0)" } ?? "none"),
            ("handshake", "\(summary.bytesReceived) bytes received, \(summary.bytesSent) sent"),
        ]
        let width = facts.map(\.0.count).max() ?? 0
        let lines = facts.map { name, value in
            name + ":" + String(repeating: " ", count: width - name.count + 1) + value.printable
        }
        return "Sluice\n\n" + lines.joined(separator: "\n") + "\n"
    }
}
