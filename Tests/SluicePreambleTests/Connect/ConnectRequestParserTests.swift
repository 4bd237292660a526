import SluicePreamble
import Testing

struct ConnectRequestParserTests {
    @Test(
        arguments: [
            ("example.com", 443), ("192.0.2.1", 1), ("2001:db8::1", 65_535),
        ],
        Cut.all
    )
    func `it takes what a client asks, and nothing behind`(given: (host: String, port: UInt16), cut: Cut) throws {
        let host = try #require(PreambleHost(given.host))
        var client = ConnectRequest(to: host, port: given.port, credentials: ProxyCredentials(user: "u", password: "p"))
        var server = ConnectRequestParser()
        let request = client.drain()
        for piece in cut.pieces(of: request + [22, 3, 1]) { _ = try server.feed(piece) }
        #expect(try server.feed([22]) == 0)
        let target = try #require(server.target)
        #expect(target.host == host && target.port == given.port)
        #expect(target.authorization == Array("Basic dTpw".utf8))
        server.accept()
        #expect(try client.feed(server.drain()) == 39)
        #expect(client.isFinished)
    }

    @Test(arguments: ConnectRequestParser.Refusal.allCases)
    func `a refusal is one to a client`(refusal: ConnectRequestParser.Refusal) {
        var client = ConnectRequest(to: mailHost, port: 443)
        var server = ConnectRequestParser()
        server.refuse(refusal)
        let error = #expect(throws: PreambleError.self) { _ = try client.feed(server.drain()) }
        #expect(error?.code == (refusal == .authenticationRequired ? .authenticationRequired : .refused))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\nHost: x\n", PreambleError.Code.unsupported), ("CONNECT example.com HTTP/1.1\n", .malformed),
        ("CONNECT example.com:0 HTTP/1.1\n", .malformed), ("CONNECT example.com:65536 HTTP/1.1\n", .malformed),
        ("CONNECT ::1:443 HTTP/1.1\n", .malformed), ("CONNECT a:443 HTTP/2\n", .malformed),
        ("CONNECT a:443\n", .malformed), ("CONNECT u@a:443 HTTP/1.1\n", .malformed), ("\n", .malformed),
        ("CONNECT a:443 HTTP/1.1\nHost : x\n", .malformed), ("CONNECT a:443 HTTP/1.1\n folded\n", .malformed),
        ("CONNECT a:443 HTTP/1.1\nProxy-Authorization: a\nproxy-authorization: b\n", .malformed),
    ])
    func `anything else is no request`(request: String, code: PreambleError.Code) {
        let outcome = Outcome(of: ConnectRequestParser(), fed: lines(request))
        #expect(outcome.error?.code == code, "\(outcome)")
    }
}
