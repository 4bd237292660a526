import Sluice
import SluicePOSIX
import SluicePreamble
import Testing

/// What is said before TLS, over real sockets.
struct PreambleTests {
    @Test(arguments: [1, 3, 1000])
    func `a tunnel, STARTTLS and TLS follow each other on one transport`(pieceBytes: Int) throws {
        let pair = try ConnectedDescriptors.sockets()
        let far = DescriptorBox(pair.far)
        let server = Background { try Self.serve(far.take(), pieceBytes: pieceBytes) }
        let host = try #require(PreambleHost("mail.test"))
        var transport = pair.near
        var tunnel = ConnectRequest(to: host, port: 587)
        var rest = try transport.perform(&tunnel, by: .soon)
        var startTLS = StartTLS(.smtp, to: host)
        rest = try transport.perform(&startTLS, adopting: rest, by: .soon)
        var client = TLSStream(try makeClient(), over: transport, adopting: rest)
        try client.handshake(by: .soon)
        try client.write([1, 2, 3], by: .soon)
        let echo = try client.read(by: .soon)
        #expect(echo == [1, 2, 3])
        try client.close(by: .soon)
        client.finish(by: .soon)
        #expect(try server.value() == 3)
    }

    @Test func `a server that refuses is told from one that goes away and one that says nothing`() throws {
        let cases: [(String, isEnded: Bool, code: String)] = [
            ("554 no\r\n", false, "refused"), ("220 hi\r\n", true, "truncated"), ("", false, "deadlinePassed"),
        ]
        for (words, isEnded, code) in cases {
            let pair = try ConnectedDescriptors.sockets()
            let far = pair.far
            _ = try far.write(Array(words.utf8)[...])
            if isEnded { far.finishSending() }
            var transport = pair.near
            var startTLS = StartTLS(.smtp, to: .localhost)
            let deadline = Deadline.after(code == "deadlinePassed" ? .milliseconds(20) : .seconds(30))
            do throws(TLSStreamError) {
                _ = try transport.perform(&startTLS, by: deadline)
                Issue.record("there is no TLS")
            } catch {
                switch error {
                case .preamble(let error): #expect(error.code.description == code)
                case .transport(let error): #expect(error.code.description == code)
                case .tls(let error): Issue.record("\(error)")
                }
            }
        }
    }

    /// A proxy, a mail server and a TLS echo in one, which sends each answer in pieces.
    private static func serve(_ transport: consuming Descriptor, pieceBytes: Int) throws -> Int {
        let script = [
            ("", ""), ("CONNECT mail.test:587 HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n\r\n220 mail.test\r\n"),
            ("EHLO localhost\r\n", "250-mail.test\r\n250 STARTTLS\r\n"), ("STARTTLS\r\n", "220 go ahead\r\n"),
        ]
        for (request, answer) in script {
            var heard = ""
            while !heard.contains(request), !request.isEmpty {
                try transport.wait(for: .readable, by: .soon)
                heard += String(decoding: try transport.read(atMost: 1000).1, as: UTF8.self)
            }
            var rest = Array(answer.utf8)[...]
            while !rest.isEmpty {
                if case .moved(let count) = try transport.write(rest.prefix(pieceBytes)) {
                    rest = rest.dropFirst(count)
                }
            }
        }
        return try StreamBox(TLSStream(try makeServer(), over: transport)).echoUntilClosed()
    }
}

/// Carries a descriptor into a closure.
private final class DescriptorBox: @unchecked Sendable {
    // Taken by one thread alone.
    private var descriptor: Descriptor?

    init(_ descriptor: consuming Descriptor) {
        self.descriptor = consume descriptor
    }

    func take() throws -> Descriptor {
        guard let taken = descriptor.take() else { throw NobodyCame() }
        return taken
    }
}
