import Fixtures
import Testing

extension Interop {
    /// `openssl s_client` to `sluice serve`.
    @Suite(.needs(.openssl)) struct OpenSSLClientTests {
        @Test(arguments: SpokenVersion.allCases)
        func `bytes come back as they went`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            for size in Payload.sizes.dropFirst() {
                let line = Payload.line(size)
                let client = try OpenSSLClient(to: server, [version.opensslOption, "-quiet", "-no_ign_eof"])
                client.program.write(line)
                let output = try client.program.output(ofAtLeast: size)
                expectSame(output, line)
                client.program.closeInput()
                #expect(try client.program.finish().status == 0)
            }
            #expect(try server.stop().accepted.map(\.version) == Payload.sizes.dropFirst().map { _ in version.name })
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what one end tells the other tells`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo", "--alpn", "h2", "--groups", "X25519"])
            let options = [version.opensslOption, "-alpn", "http/1.1,h2", "-groups", "P-256:X25519"]
            let text = try OpenSSLClient(to: server, options).exchange().text
            let accepted = try #require(server.stop().accepted.first)
            #expect(accepted.names("x25519") && accepted.applicationProtocol == "h2")
            #expect(text.contains("Server Temp Key: X25519, 253 bits"))
            #expect(text.contains("ALPN protocol: h2"))
            #expect(text.contains("Verify return code: 0 (ok)"))
            #expect(text.contains("New, \(version.opensslName), Cipher is"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `identities of every kind are verified`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try SluiceServer(["--echo"], identity: identity)
                let text = try OpenSSLClient(to: server, [version.opensslOption]).exchange().text
                #expect(text.contains("Verify return code: 0 (ok)"), "\(identity)")
                #expect(text.contains("subject=O = Sluice Test, CN = \(identity)"))
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the client can verify chooses among identities`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"] + Fixtures.serverRSA.options + Fixtures.serverEd25519.options)
            let choices = [
                ("rsa_pss_rsae_sha256", Fixtures.serverRSA), ("ed25519", Fixtures.serverEd25519),
                ("ecdsa_secp256r1_sha256", Fixtures.serverECDSA),
            ]
            for (algorithm, identity) in choices {
                let text = try OpenSSLClient(to: server, [version.opensslOption, "-sigalgs", algorithm]).exchange().text
                #expect(text.contains("CN = \(identity)"), "\(text)")
                #expect(text.contains("Verify return code: 0 (ok)"))
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session is resumed`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let server = try SluiceServer(["--echo"])
            let path = directory.path("session")
            let first = try OpenSSLClient(to: server, [version.opensslOption, "-sess_out", path]).exchange()
            #expect(first.text.contains("New, \(version.opensslName), Cipher is"))
            let second = try OpenSSLClient(to: server, [version.opensslOption, "-sess_in", path]).exchange()
            #expect(second.text.contains("Reused, \(version.opensslName), Cipher is"))
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true])
        }

        @Test func `a session by its ID is resumed in TLS 1.2`() throws {
            let directory = try TemporaryDirectory()
            let server = try SluiceServer(["--echo"])
            let path = directory.path("session")
            let options = ["-tls1_2", "-no_ticket"]
            _ = try OpenSSLClient(to: server, options + ["-sess_out", path]).exchange()
            let second = try OpenSSLClient(to: server, options + ["-sess_in", path]).exchange()
            #expect(second.text.contains("Reused, TLSv1.2, Cipher is"))
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true])
        }

        @Test(arguments: SpokenVersion.allCases)
        func `the key log is the client's`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let server = try SluiceServer(["--echo", "--keylog", directory.path("ours")])
            let options = [version.opensslOption, "-keylogfile", directory.path("theirs")]
            _ = try OpenSSLClient(to: server, options).exchange()
            #expect(try server.stop().status == 0)
            let ours = try directory.keyLogLines(of: "ours")
            #expect(try ours == directory.keyLogLines(of: "theirs"))
            #expect(ours.count == (version == .tls12 ? 1 : 5))
        }

        @Test func `keys are updated when the client asks`() throws {
            let server = try SluiceServer(["--echo", "--trace"])
            let client = try OpenSSLClient(to: server, ["-tls1_3"])
            try client.settle()
            client.program.write("K\n")  // a command: update my keys, and update yours
            _ = try server.program.errorLine(containing: "<<   KeyUpdate")
            #expect(try client.exchange().status == 0)
            #expect(try server.stop().errors.contains(">>   KeyUpdate"))
        }

        @Test func `renegotiation in TLS 1.2 is refused`() throws {
            let server = try SluiceServer(["--echo", "--trace"])
            let client = try OpenSSLClient(to: server, ["-tls1_2"])
            try client.settle()
            client.program.write("R\n")  // a command: renegotiate
            #expect(try client.program.finish().errors.contains("no renegotiation"))
            #expect(try server.stop().errors.contains(">>   alert no_renegotiation"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a killed client harms nobody else`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let victim = try OpenSSLClient(to: server, [version.opensslOption])
            victim.program.write("echo\n")
            try victim.program.waitForOutput(containing: "echo\n")
            victim.program.signal(9)
            #expect(try victim.program.finish().status == -9)
            #expect(try OpenSSLClient(to: server).exchange().status == 0)
            #expect(try server.stop().errors.contains("truncated"))
        }
    }
}
