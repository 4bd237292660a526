import Fixtures
import Sluice
import SluicePOSIX
import SluicePreamble
import Testing

extension Interop.Servers {
    /// The way back: after TLS has closed, FTP's control connection goes on in plaintext (CCC, RFC 4217 §13).
    @Suite(.needs(.proftpd), .needs(.proftpdTLS)) struct LeavingTLSTests {
        @Test(arguments: TLSVersion.allCases)
        func `a session that began in TLS goes on without it`(version: TLSVersion) throws {
            let server = try RealServer.proftpd()
            var stream = try login(to: server, version)
            try stream.ask("CCC", "200 ")
            let end = try stream.read(by: .soon)
            #expect(end.isEmpty, "close_notify follows the answer")
            try stream.close(by: .soon)
            let unwrapped = stream.unwrap()
            #expect(unwrapped.leftover.isEmpty)
            let socket = unwrapped.takeTransport()
            _ = try socket.write(Array("PWD\r\n".utf8)[...])
            let answer = try socket.waitAndRead()
            #expect(answer.starts(with: Array("257 ".utf8)), "\(String(decoding: answer, as: UTF8.self))")
        }

        @Test(arguments: TLSVersion.allCases)
        func `plaintext in one piece with close_notify is left over`(version: TLSVersion) throws {
            let server = try RealServer.proftpd()
            var stream = try login(to: server, version)
            // The question in TLS, the end of TLS, and a question in plaintext, all at once.
            try stream.engine.write(Array("CCC\r\n".utf8))
            try stream.engine.close()
            _ = try stream.transport.write((stream.engine.drain() + Array("PWD\r\n".utf8))[...])
            var pieces: [UInt8] = []
            while !pieces.ends(with: "\r\n") {
                pieces += try stream.transport.waitAndRead()
            }
            let taken = try stream.engine.feed(pieces)
            let answer = try stream.engine.read()
            #expect(String(decoding: answer, as: UTF8.self).hasPrefix("200 "))
            let end = try stream.read(by: .soon)
            #expect(end.isEmpty)
            let leftover = stream.unwrap().leftover + pieces.dropFirst(taken)
            #expect(String(decoding: leftover, as: UTF8.self).hasPrefix("257 "))
        }

        /// From plaintext to TLS to logged in.
        private func login(to server: RealServer, _ version: TLSVersion) throws -> TLSStream<Descriptor> {
            var socket = try TCP.connect(to: try #require(HostPort(server.address)), by: .soon)
            var preamble = StartTLS(.ftp, to: .localhost)
            let early = try socket.perform(&preamble, by: .soon)
            var configuration = TLSClientConfiguration.client(to: "localhost")
            configuration.verification = .roots(try .pem(Fixtures.root))
            configuration.parameters.versions = version...version
            var stream = TLSStream(try TLSEngine(configuration), over: socket, adopting: early)
            try stream.handshake(by: .soon)
            try stream.ask("USER joe", "331 ")
            try stream.ask("PASS secret", "230 ")
            return stream
        }
    }
}

extension TLSStream where Transport: ~Copyable {
    /// Says a line of FTP, and expects an answer of one line.
    fileprivate mutating func ask(_ line: String, _ start: String) throws {
        try write(Array("\(line)\r\n".utf8), by: .soon)
        var answer = ""
        while !answer.hasSuffix("\r\n") { answer += String(decoding: try read(by: .soon), as: UTF8.self) }
        #expect(answer.hasPrefix(start))
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool {
        suffix(text.utf8.count).elementsEqual(text.utf8)
    }
}

extension Deadline {
    /// Long enough for anything that a test does, and an end for what hangs.
    fileprivate static var soon: Deadline { .after(.seconds(30)) }
}
