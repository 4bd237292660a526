import Fixtures
import Foundation
import Testing

extension Interop {
    /// `gnutls-cli` to `sluice serve`: what is carried, closed and resumed.
    @Suite(.needs(.gnutlsClient)) struct GnuTLSClientTests {
        @Test(arguments: SpokenVersion.allCases)
        func `text comes back as it went`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            for size in Payload.sizes.dropFirst() {
                let text = Payload.text(size)
                let outcome = try GnuTLSClient(to: server, version).exchange(text)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(Payload.digest(outcome.output) == Payload.digest(text), "\(size) bytes")
            }
            let outcome = try server.stop()
            #expect(outcome.accepted.map(\.version).allSatisfy { $0 == version.name })
            // The client closes first each time.
            #expect(outcome.errors.components(separatedBy: ": closed\n").count == Payload.sizes.count)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a server that finishes says so`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let client = try GnuTLSClient(to: server, version)
            client.program.write(Payload.line(8))
            _ = try client.program.output(ofAtLeast: 8)
            #expect(try server.stop().status == 0)
            #expect(try client.program.finish().status == 0)
            #expect(try client.log().contains("- Peer has closed the GnuTLS connection"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client that is killed harms nobody else`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let client = try GnuTLSClient(to: server, version)
            client.program.write(Payload.line(8))
            _ = try client.program.output(ofAtLeast: 8)
            client.program.signal(9)
            _ = try server.program.errorLine(containing: "truncated")
            #expect(try GnuTLSClient(to: server, version).exchange().status == 0)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a session is resumed`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let client = try GnuTLSClient(to: server, version, ["--resume", "--waitresumption"])
            let outcome = try client.exchange()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == Payload.line(8))
            #expect(try client.log().contains("*** This is a resumed session"))
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true])
        }

        @Test func `a session by its ID is resumed in TLS 1.2`() throws {
            let server = try SluiceServer(["--echo"])
            let client = try GnuTLSClient(to: server, .tls12, ["--resume", "--noticket"])
            #expect(try client.exchange().status == 0)
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true])
        }

        @Test func `keys are updated when the client asks`() throws {
            let server = try SluiceServer(["--echo", "--trace"])
            let client = try GnuTLSClient(to: server, .tls13, ["--inline-commands"])
            client.program.write("1\n")
            _ = try client.program.output(ofAtLeast: 2)
            client.program.write("^rekey^\n")
            _ = try server.program.errorLine(containing: "<<   KeyUpdate")
            client.program.write("2\n")
            _ = try client.program.output(ofAtLeast: 4)
            client.program.closeInput()
            let outcome = try client.program.finish()
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text == "1\n2\n")
            // libssl answers with its next bytes.
            let trace = try server.stop().errors
            #expect(trace.contains(">>   KeyUpdate"))
        }
    }
}
