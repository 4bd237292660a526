import SluicePreamble
import Testing

struct ConnectRequestTests {
    private static func request(_ credentials: ProxyCredentials? = nil) -> ConnectRequest {
        ConnectRequest(to: mailHost, port: 443, credentials: credentials)
    }

    @Test(arguments: [
        ("example.com", "example.com:8443"), ("192.0.2.1", "192.0.2.1:8443"), ("2001:DB8::1", "[2001:db8::1]:8443"),
        ("[::1]", "[::1]:8443"),
    ])
    func `it names host and port as HTTP does`(host: String, target: String) throws {
        var request = ConnectRequest(to: try #require(PreambleHost(host)), port: 8443)
        #expect(text(request.drain()) == "CONNECT \(target) HTTP/1.1\r\nHost: \(target)\r\n\r\n")
        #expect(request.drain().isEmpty)
    }

    @Test(arguments: [
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test", "123£", "dGVzdDoxMjPCow=="),
        ("", "", "Og=="), ("u", "p:w", "dTpwOnc="),
    ])
    func `credentials are said in Base64`(user: String, password: String, encoded: String) throws {
        let credentials = try #require(ProxyCredentials(user: user, password: password))
        var request = Self.request(credentials)
        #expect(text(request.drain()).contains("\r\nProxy-Authorization: Basic \(encoded)\r\n\r\n"))
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 Connection established\n", "HTTP/1.0 200 OK\nProxy-Agent: Apache\n", "HTTP/1.1 200\n",
            "HTTP/1.1 204 \n", "HTTP/1.1 200 OK\nContent-Length: 1000\nTransfer-Encoding: chunked\n",
            "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </x>\n\nHTTP/1.1 200 OK\nVia: 1.1 proxy\n",
        ],
        Cut.all
    )
    func `a tunnel begins right behind a success`(response: String, cut: Cut) {
        let head = lines(response)
        let outcome = Outcome(of: Self.request(), fed: head + [22, 3, 1, 0, 5], cut: cut)
        #expect(outcome.isFinished && outcome.error == nil && outcome.taken == head.count, "\(outcome)")
    }

    @Test(
        arguments: [
            ("HTTP/1.1 403 Forbidden\n", PreambleError.Code.refused, "mail.example.com:443: 403 Forbidden"),
            ("HTTP/1.1 502 Bad \u{1b}[0m\n", .refused, "502 Bad \\u{1b}[0m"),
            ("HTTP/1.1 302 Found\nLocation: /\n", .refused, "302 Found"),
            ("HTTP/1.1 407 Who\nproxy-authenticate: Basic realm=\"x\"\n", .authenticationRequired, "Basic realm=\"x\""),
            ("HTTP/1.1 101 Switching\n", .malformed, "101"), ("HTTP/2 200\n", .malformed, "HTTP/2"),
            ("HTTP/1.1 20 OK\n", .malformed, "20 OK"), ("HTTP/1.1 600 OK\n", .malformed, "600"),
            ("HTTP/1.1  200 OK\n", .malformed, "200"), ("", .malformed, "no HTTP proxy"),
            ("SSH-2.0-OpenSSH_9.2\n", .malformed, "SSH"), ("HTTP/1.1 200 OK\nno field\n", .malformed, "no field"),
            ("HTTP/1.1 200 OK\nA b: c\n", .malformed, "no field"),
        ],
        [Cut.whole, .oneByte]
    )
    func `anything else is no tunnel`(given: (response: String, code: PreambleError.Code, words: String), cut: Cut) {
        let outcome = Outcome(of: Self.request(), fed: lines(given.response), cut: cut)
        #expect(outcome.error?.code == given.code, "\(outcome)")
        #expect(outcome.error?.words.contains(given.words) == true, "\(outcome)")
        #expect(!outcome.isFinished)
    }

    @Test func `a header without end is too long`() {
        for filler in ["X: y\r\n", "x"] {
            let flood = Array(("HTTP/1.1 200 OK\r\n" + String(repeating: filler, count: 40_000)).utf8)
            #expect(Outcome(of: Self.request(), fed: flood).error?.code == .tooLong)
        }
        let responses = Array(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 10_000).utf8)
        #expect(Outcome(of: Self.request(), fed: responses).error?.code == .tooLong)
    }

    @Test func `an end of the bytes at any place is a truncation`() {
        let head = lines("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nVia: x\n")
        for count in 0..<head.count {
            let outcome = Outcome(of: Self.request(), fed: Array(head.prefix(count)), then: .eof)
            #expect(outcome.error?.code == .truncated)
        }
    }

    @Test func `a password is in no words, and no printed value`() throws {
        let credentials = try #require(ProxyCredentials(user: "joe", password: "hunter2"))
        let outcome = Outcome(of: Self.request(credentials), fed: lines("HTTP/1.1 407 Again\n"))
        var dumped = ""
        dump(credentials, to: &dumped)
        for words in ["\(outcome.error, default: "")", "\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!words.contains("hunter2") && !words.contains("aHVudGVyMg"))
        }
    }

    @Test(arguments: [
        ("a:b", "c"), ("a\r\n", "c"), ("a", "b\nX: y"), ("a", "\0"), (String(repeating: "a", count: 1025), ""),
    ])
    func `credentials that can't be said are none`(user: String, password: String) {
        #expect(ProxyCredentials(user: user, password: password) == nil)
    }

    @Test func `random bytes make no trap`() {
        var random = SeededRandom(seed: 3)
        let alphabet = Array("HTTP/1.1 200 OK:\r\n\n ".utf8)
        for round in 0..<20_000 {
            let prefix = round.isMultiple(of: 2) ? Array("HTTP/1.1 2".utf8) : []
            let bytes =
                prefix
                + (0..<Int.random(in: 1...60, using: &random)).map { _ in
                    alphabet[Int.random(in: alphabet.indices, using: &random)]
                }
            let outcome = Outcome(of: Self.request(), fed: bytes, then: .eof)
            #expect(outcome.isFinished != (outcome.error != nil))
        }
    }
}
