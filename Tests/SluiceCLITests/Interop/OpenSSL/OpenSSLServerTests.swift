import Fixtures
import Testing

extension Interop {
    /// `sluice connect` to `openssl s_server`.
    @Suite(.needs(.openssl)) struct OpenSSLServerTests {
        @Test(arguments: SpokenVersion.allCases)
        func `bytes arrive both ways`(version: SpokenVersion) throws {
            for size in Payload.sizes.dropFirst() {
                let server = try OpenSSLServer([version.opensslOption])
                let client = try SluiceClient(to: server.address)
                let line = Payload.line(size)
                client.program.write(line)
                try expectSame(server.program.output(endingWith: line).suffix(size), line)
                server.program.write(line)
                try expectSame(client.program.output(ofAtLeast: size), line)
                client.program.closeInput()
                let outcome = try client.program.finish()
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(try server.finish().text.contains("DONE"))
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `records of every size arrive`(version: SpokenVersion) throws {
            let options = [[], ["-max_send_frag", "512"], ["-record_padding", "4096"], ["-split_send_frag", "600"]]
            for option in options {
                let server = try OpenSSLServer([version.opensslOption] + option)
                let client = try SluiceClient(to: server.address)
                let line = Payload.line(200_000)
                try server.write(line)
                try expectSame(client.program.output(ofAtLeast: line.count), line)
                client.program.closeInput()
                #expect(try client.program.finish().status == 0)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server may close first`(version: SpokenVersion) throws {
            let server = try OpenSSLServer([version.opensslOption, "-www"])
            let client = try SluiceClient(to: server.address)
            client.program.write("GET / HTTP/1.0\r\n\r\n")
            let outcome = try client.program.finish()
            #expect(outcome.text.contains("New, TLSv"))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server that is killed, or closes its socket, is truncation`(version: SpokenVersion) throws {
            // At the end of its input s_server closes the socket without close_notify.
            for end in [{ $0.signal(9) }, { $0.closeInput() }] as [(Program) -> Void] {
                let server = try OpenSSLServer([version.opensslOption])
                let client = try SluiceClient(to: server.address)
                try server.write(Array("not the last wor\n".utf8))
                _ = try client.program.output(ofAtLeast: 17)
                end(server.program)
                let outcome = try client.program.finish()
                #expect(outcome.status == 4, "\(outcome.errors)")
                #expect(outcome.text == "not the last wor\n")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session in a file is resumed`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let server = try OpenSSLServer([version.opensslOption], connections: 2)
            for isResumed in [false, true] {
                let client = try SluiceClient(to: server.address, ["--session", directory.path("session")])
                client.program.write("2\n")
                _ = try server.program.output(endingWith: Array("2\n".utf8))
                client.program.closeInput()
                let outcome = try client.program.finish()
                #expect(outcome.negotiated?.isResumed == isResumed, "\(outcome.errors)")
            }
            #expect(try server.finish().text.contains("Reused session-id"))
        }

        @Test func `a session by its ID is resumed in TLS 1.2`() throws {
            let directory = try TemporaryDirectory()
            let server = try OpenSSLServer(["-tls1_2", "-no_ticket"], connections: 2)
            let outcomes = try (0..<2).map { _ in
                try SluiceClient.run(to: server.address, ["--session", directory.path("session")])
            }
            #expect(outcomes.map { $0.negotiated?.isResumed } == [false, true])
            #expect(try server.finish().text.contains("1 session cache hits"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `the key log is the server's`(version: SpokenVersion) throws {
            let directory = try TemporaryDirectory()
            let server = try OpenSSLServer([version.opensslOption, "-keylogfile", directory.path("theirs")])
            let outcome = try SluiceClient.run(to: server.address, ["--keylog", directory.path("ours")])
            #expect(outcome.status == 0, "\(outcome.errors)")
            _ = try server.finish()
            let ours = try directory.keyLogLines(of: "ours")
            #expect(try ours == directory.keyLogLines(of: "theirs"))
            #expect(ours.count == (version == .tls12 ? 1 : 5))
        }

        @Test func `keys are updated when the server asks`() throws {
            let server = try OpenSSLServer(["-tls1_3"])
            let client = try SluiceClient(to: server.address, ["--trace"])
            _ = try client.program.errorLine(containing: "NewSessionTicket")
            try server.write(Array("K\n".utf8))  // a command: update my keys, and update yours
            _ = try client.program.errorLine(containing: "<<   KeyUpdate")
            server.program.write("1\n")
            _ = try client.program.output(ofAtLeast: 2)
            client.program.write("2\n")
            _ = try server.program.output(endingWith: Array("2\n".utf8))
            client.program.closeInput()
            let outcome = try client.program.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text == "1\n")
            #expect(outcome.errors.contains("<<   KeyUpdate") && outcome.errors.contains(">>   KeyUpdate"))
        }

        @Test func `renegotiation in TLS 1.2 is refused`() throws {
            let server = try OpenSSLServer(["-tls1_2", "-client_renegotiation"])
            let client = try SluiceClient(to: server.address, ["--trace"])
            try server.write(Array("r\n".utf8))  // a command: ask for renegotiation
            let outcome = try client.program.finish()
            #expect(outcome.errors.contains("<<   HelloRequest"))
            #expect(outcome.errors.contains(">>   alert no_renegotiation"))
        }
    }
}
