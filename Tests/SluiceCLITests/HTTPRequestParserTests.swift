import Testing

@testable import SluiceCLI

struct HTTPRequestParserTests {
    @Test(arguments: [1, 2, 3, 7, 1000])
    func `requests are found however they are cut`(piece: Int) {
        let text =
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\n" + "POST /b HTTP/1.1\r\nContent-Length: 11\r\n\r\nGET / HTTP/"
            + "\r\nGET /c HTTP/1.0\n\n"
        var parser = HTTPRequestParser()
        var targets: [String] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            parser.append(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
            while case .request(let request) = parser.next() { targets.append(request.target) }
        }
        #expect(targets == ["/a", "/b", "/c"])
        #expect(parser.next() == .incomplete)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", true), ("GET / HTTP/1.0\r\n\r\n", false),
        ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nconnection:CLOSE\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nConnection: te , close \r\n\r\n", false),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", false),
    ])
    func `a connection is kept alive only where both ends know the end`(text: String, isKeptAlive: Bool) throws {
        var parser = HTTPRequestParser()
        parser.append(Array(text.utf8))
        guard case .request(let request) = parser.next() else {
            Issue.record("no request")
            return
        }
        #expect(request.isKeptAlive == isKeptAlive)
    }

    @Test(arguments: [
        "\0\0\0\0\n\n", "GET\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n", "GET / ICY/1.1\r\n\r\n",
        "G(T / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: \r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ])
    func `malformed heads are refused`(text: String) {
        var parser = HTTPRequestParser()
        parser.append(Array(text.utf8))
        #expect(parser.next() == .failure(.malformed))
    }

    @Test func `other versions are refused`() {
        var parser = HTTPRequestParser()
        parser.append(Array("PRI * HTTP/2.0\r\n\r\n".utf8))
        #expect(parser.next() == .failure(.versionNotSupported))
    }

    @Test(arguments: ["", "\r\n\r\n"])
    func `a head beyond the bound is refused, ended or not`(end: String) {
        var parser = HTTPRequestParser()
        parser.append(Array("GET / HTTP/1.1\r\nX: ".utf8) + [UInt8](repeating: 65, count: 40_000) + Array(end.utf8))
        #expect(parser.next() == .failure(.headTooLarge))
    }

    @Test func `a body that would take for ever is refused`() {
        var parser = HTTPRequestParser()
        parser.append(Array("PUT / HTTP/1.1\r\nContent-Length: 9999999999\r\n\r\n".utf8))
        #expect(parser.next() == .failure(.bodyTooLarge))
    }
}
