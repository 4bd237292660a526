import Fixtures
import Foundation
import Testing

extension Interop {
    /// `sluice connect` to nginx.
    ///
    /// Standard input stays open: nginx closes without close_notify where the client has closed first.
    @Suite(.needs(.nginx)) struct NginxTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a page is fetched, and the server closes first`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverECDSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try NginxServer(version, identity: identity)
                let outcome = try get("/", from: server)
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                #expect(outcome.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(outcome.text.hasSuffix("\r\n\r\n\(version.opensslName) . ALPN= client=\n"), "\(outcome.text)")
                #expect(outcome.negotiated?.version == version.name)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `five million bytes arrive`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let outcome = try get("/big", from: server)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let bytes = Array(outcome.output.suffix(5_000_000))
            #expect(Payload.digest(bytes) == Payload.digest(Payload.pattern(5_000_000)))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `one connection carries many requests`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let client = try SluiceClient(to: server.address)
            let request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
            client.program.write(request)
            let first = try client.program.output(endingWith: Array("client=\n".utf8))
            for count in 2...4 {
                client.program.write(request)
                let all = try client.program.output(ofAtLeast: first.count * count)
                #expect(String(decoding: all, as: UTF8.self).components(separatedBy: "200 OK").count == count + 1)
            }
            client.program.closeInput()
            let outcome = try client.program.finish()
            #expect(outcome.status == 4, "nginx leaves a connection kept alive without close_notify: \(outcome.errors)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `an application protocol is chosen`(version: SpokenVersion) throws {
            for (parameters, choice) in [("http2", "h2"), ("", "http/1.1")] {
                let server = try NginxServer(version, parameters: parameters)
                let client = try SluiceClient(to: server.address, ["--alpn", "h2,http/1.1"])
                _ = try client.program.errorLine(containing: "ALPN \(choice)")
            }
            let server = try NginxServer(version, parameters: "http2")
            let outcome = try get("/", from: server, ["--alpn", "http/1.1"])
            #expect(outcome.text.contains("ALPN=http/1.1"), "\(outcome.text)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session is resumed by its ticket`(version: SpokenVersion) throws {
            try expectResumption(NginxServer(version, ["ssl_session_tickets on"]))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session is resumed from the server's cache`(version: SpokenVersion) throws {
            let directives = ["ssl_session_tickets off", "ssl_session_cache shared:sessions:1m"]
            try expectResumption(NginxServer(version, directives))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client says who it is`(version: SpokenVersion) throws {
            let server = try NginxServer(version, required)
            let outcome = try get("/", from: server, Fixtures.client.options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text.hasSuffix("client=CN=client,O=Sluice Test\n"), "\(outcome.text)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client without a good certificate gets an error page`(version: SpokenVersion) throws {
            let reasons = [
                ([], "No required SSL certificate was sent"),
                (Fixtures.selfSigned.options, "The SSL certificate error"),
            ]
            for (options, reason) in reasons {
                let server = try NginxServer(version, required)
                let outcome = try get("/", from: server, options)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
                #expect(outcome.text.contains(reason), "\(outcome.text)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `what the client refuses ends with exit code 2`(version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try NginxServer(version, identity: refusal.identity)
                let outcome = try SluiceClient.run(to: server.address, trusting: refusal.roots)
                #expect(outcome.status == 2, "\(refusal.identity): \(outcome.errors)")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server that is killed is truncation`(version: SpokenVersion) throws {
            let server = try NginxServer(version)
            let client = try SluiceClient(to: server.address)
            client.program.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = try client.program.output(endingWith: Array("client=\n".utf8))
            server.program.signal(9)
            #expect(try client.program.finish().status == 4)
        }

        private let required = [
            "ssl_verify_client on", "ssl_verify_depth 2", "ssl_client_certificate \(Fixtures.path("root.pem"))",
        ]

        private func expectResumption(_ server: NginxServer) throws {
            let directory = try TemporaryDirectory()
            for isResumed in [false, true, true] {
                let outcome = try get("/", from: server, ["--session", directory.path("session")])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.negotiated?.isResumed == isResumed)
                #expect(outcome.text.contains(isResumed ? " r ALPN=" : " . ALPN="), "\(outcome.text)")
            }
        }

        /// Asks for a page with `Connection: close`, and waits until nginx has closed.
        private func get(
            _ path: String,
            from server: NginxServer,
            _ options: [String] = []
        ) throws -> Program.Outcome {
            let client = try SluiceClient(to: server.address, options)
            client.program.write("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return try client.program.finish()
        }
    }
}
