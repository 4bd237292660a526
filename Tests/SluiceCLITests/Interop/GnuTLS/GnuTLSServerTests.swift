import Fixtures
import Foundation
import Testing

extension Interop {
    /// `sluice connect` to `gnutls-serv`: what is carried, closed and resumed.
    @Suite(.needs(.gnutlsServer)) struct GnuTLSServerTests {
        @Test(arguments: SpokenVersion.allCases)
        func `text comes back as it went`(version: SpokenVersion) throws {
            let server = try GnuTLSServer(version)
            for size in Payload.sizes.dropFirst() {
                let text = Payload.text(size)
                let outcome = try SluiceClient.exchange(text, with: server.address)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(Payload.digest(outcome.output) == Payload.digest(text), "\(size) bytes")
                #expect(outcome.negotiated?.version == version.name)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server may close first`(version: SpokenVersion) throws {
            let server = try GnuTLSServer(version, ["--http"])
            let client = try SluiceClient(to: server.address)
            client.program.write("GET / HTTP/1.0\r\n\r\n")
            let outcome = try client.program.finish()
            #expect(outcome.text.hasPrefix("HTTP/1.0 200 OK"))
            #expect(outcome.status == 0, "\(outcome.errors)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server that is killed is truncation`(version: SpokenVersion) throws {
            let server = try GnuTLSServer(version)
            let client = try SluiceClient(to: server.address)
            let line = Payload.line(8)
            client.program.write(line)
            _ = try client.program.output(ofAtLeast: line.count)
            server.program.signal(9)
            let outcome = try client.program.finish()
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.output == line)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session in a file is resumed`(version: SpokenVersion) throws {
            try expectResumption(version, ["--echo"])
        }

        @Test func `a session by its ID is resumed in TLS 1.2`() throws {
            try expectResumption(.tls12, ["--echo", "--noticket"])
        }

        private func expectResumption(_ version: SpokenVersion, _ options: [String]) throws {
            let directory = try TemporaryDirectory()
            let server = try GnuTLSServer(version, options)
            let outcomes = try (0..<2).map { _ in
                let session = ["--session", directory.path("session")]
                return try SluiceClient.exchange(Payload.line(8), with: server.address, session)
            }
            #expect(outcomes.map(\.status) == [0, 0])
            #expect(outcomes.map { $0.negotiated?.isResumed } == [false, true])
            let connections = try server.stop().text.components(separatedBy: "* Accepted connection").dropFirst()
            #expect(connections.map { $0.contains("This is a resumed session") } == [false, true])
        }
    }
}
