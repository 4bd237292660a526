import Fixtures
import Testing

struct PageTests {
    @Test func `an HTTP/1.0 client gets a page, and the connection is closed`() throws {
        let server = try SluiceServer(["--www"])
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        client.write("GET /here HTTP/1.0\r\n\r\n")
        let outcome = try client.finish()
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        for words in ["Connection: close", "GET /here HTTP/1.0", "TLS 1.3", "TLS_AES_256_GCM_SHA384", "localhost"] {
            #expect(outcome.text.contains(words))
        }
    }

    @Test func `an HTTP/1.1 client may go on, and ends it with Connection: close`() throws {
        let server = try SluiceServer(["--www"])
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        client.write("GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = try client.line(beginningWith: "handshake: ")
        client.write("POST /two HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")
        client.write("HEAD /three HTTP/1.1\r\nConnection: foo, Close\r\n\r\n")
        let outcome = try client.finish()
        #expect(outcome.status == 0)
        #expect(outcome.text.split(separator: "HTTP/1.1 200 OK\r\n").count == 3)
        #expect(outcome.text.contains("POST /two") && !outcome.text.contains("HEAD /three"))
        #expect(outcome.text.hasSuffix("Connection: close\r\n\r\n"))
    }

    @Test(arguments: [
        ("nonsense\r\n\r\n", "400"), ("GET / HTTP/2.0\r\n\r\n", "505"),
        ("GET / HTTP/1.1\r\nbad line\r\n\r\n", "400"),
    ])
    func `a request that is none is refused`(request: String, status: String) throws {
        let server = try SluiceServer(["--www"])
        let outcome = try Program.connect(to: server.port, input: Array(request.utf8))
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("HTTP/1.1 \(status) "))
    }
}
