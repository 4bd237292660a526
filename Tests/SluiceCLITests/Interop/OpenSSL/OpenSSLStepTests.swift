import Fixtures
import SluicePOSIX
import Testing

extension Interop {
    /// `sluice step` with OpenSSL at the other end of a socket: each read is a step.
    @Suite(.needs(.openssl)) struct OpenSSLStepTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a client steps with s_server`(version: SpokenVersion) throws {
            let server = try OpenSSLServer([version.opensslOption, "-rev"])
            let alice = try StepParty()
            let peer = try TCP.connect(to: try #require(HostPort(server.address)), by: .after(.seconds(10)))
            try peer.writeAll(try alice.answer([], StepParty.client))
            while !(try alice.step().errors.contains("established")) {
                try peer.writeAll(try alice.answer(try peer.waitAndRead()))
            }
            try peer.writeAll(try alice.answer([], ["--send", try alice.file(Array("stressed\n".utf8))]))
            repeat {
                _ = try alice.answer(try peer.waitAndRead(), alice.receiving)
            } while try alice.received.count < 9
            #expect(try alice.received == Array("desserts\n".utf8))
            try peer.writeAll(try alice.answer([], ["--close"]))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server steps with s_client`(version: SpokenVersion) throws {
            let bob = try StepParty()
            let server = try RawServer { peer in
                try peer.writeAll(try bob.answer(try peer.waitAndRead(), StepParty.server))
                while case let bytes = try peer.waitAndRead(), !bytes.isEmpty {
                    let isFirst = try !bob.directory.names().contains("received")
                    var answer = try bob.answer(bytes, bob.receiving)
                    if isFirst { answer += try bob.answer([], ["--send", try bob.file(Array("hello\n".utf8))]) }
                    try peer.writeAll(answer)
                }
            }
            let own = ["s_client", "-connect", "127.0.0.1:\(server.port)", "-CAfile", Fixtures.path("root.pem")]
            let options = ["-servername", "server.test", "-verify_return_error", "-quiet", "-no_ign_eof"]
            let client = try Software.openssl.start(own + options + [version.opensslOption])
            try client.waitForOutput(containing: "hello\n")
            client.write("12345\n")
            client.closeInput()
            #expect(try client.finish().status == 0)
        }
    }
}
