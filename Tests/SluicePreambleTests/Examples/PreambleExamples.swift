import SluicePreamble
import Testing

/// The code of the article "Preambles".
struct PreambleExamples {
    func lead(_ preamble: inout some Preamble, over transport: Transport) throws -> [UInt8] {
        try transport.send(preamble.drain())
        while !preamble.isFinished {
            let bytes = try transport.receive()
            if bytes.isEmpty { try preamble.feedEOF() }
            let taken = try preamble.feed(bytes)
            try transport.send(preamble.drain())
            if preamble.isFinished { return Array(bytes.dropFirst(taken)) }
        }
        return []
    }

    @Test func `a preamble is led to TLS`() throws {
        let server = mailHost
        let transport = Transport(["220 hi\r\n250-mail.example.com\r\n250 START", "TLS\r\n220 go\r\n\u{16}\u{3}"])
        var preamble = StartTLS(.smtp, to: server)
        let first = try lead(&preamble, over: transport)  // TLS begins with these bytes
        #expect(first == [22, 3])
        #expect(transport.sent == "EHLO localhost\r\nSTARTTLS\r\n")
    }

    @Test func `a preamble that ends too early throws`() {
        let transport = Transport(["220 hi\r\n"])
        var preamble = StartTLS(.smtp, to: mailHost)
        let error = #expect(throws: PreambleError.self) { try lead(&preamble, over: transport) }
        #expect(error?.code == .truncated)
    }

    @Test func `preambles follow each other`() throws {
        let (server, client) = (mailHost, PreambleHost.localhost)
        let transport = Transport(["HTTP/1.1 200 OK\r\n\r\n220 hi\r\n", "250-a\r\n250 STARTTLS\r\n220 go\r\n\u{16}"])
        var tunnel = ConnectRequest(to: server, port: 587)
        var rest = try lead(&tunnel, over: transport)
        transport.putBack(rest)
        var startTLS = StartTLS(.smtp, to: server, as: client)
        rest = try lead(&startTLS, over: transport)
        #expect(rest == [22])
    }

    @Test func `a header tells who the client is`() throws {
        let address = try #require(InternetAddress("192.0.2.1"))
        let end = ProxyHeader.Endpoint(address, port: 1)
        let route = ProxyHeader.Route.internet(.stream, source: end, destination: end)
        let arrived = try ProxyHeader(route, fields: [.authority("a.example")]).encoded(as: .v2) + [22]
        var parser = ProxyHeaderParser(accepting: [.v2])
        let taken = try parser.feed(arrived)
        if let header = parser.header, case .internet(_, let source, _) = header.route {
            print(source, header.authority ?? "no name", arrived.count - taken)
        }
        #expect(parser.header?.authority == "a.example" && taken == arrived.count - 1)
    }
}

/// What arrives is written down; what is sent is kept.
final class Transport {
    private var arriving: [[UInt8]]
    private(set) var sent = ""

    init(_ arriving: [String]) {
        self.arriving = arriving.map { Array($0.utf8) }
    }

    func send(_ bytes: [UInt8]) throws {
        sent += text(bytes)
    }

    func receive() throws -> [UInt8] {
        arriving.isEmpty ? [] : arriving.removeFirst()
    }

    func putBack(_ bytes: [UInt8]) {
        arriving.insert(bytes, at: 0)
    }
}
