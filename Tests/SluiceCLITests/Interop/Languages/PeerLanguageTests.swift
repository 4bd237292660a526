import Fixtures
import Testing

extension Interop {
    /// The peer programs among themselves: what they report is sound. Here is said which languages are missing, as the
    /// other suites leave those out without a word.
    @Suite struct PeerLanguageTests {
        @Test(.needs(.go)) func `Go's peer understands itself`() throws { try converse(.go) }
        @Test(.needs(.python)) func `Python's peer understands itself`() throws { try converse(.python) }
        @Test(.needs(.node)) func `Node's peer understands itself`() throws { try converse(.node) }
        @Test(.needs(.javac)) func `Java's peer understands itself`() throws { try converse(.java) }

        private func converse(_ language: PeerLanguage) throws {
            let server = try PeerServer(language, does: "echo", ["alpn": "h2"])
            let settings = ["connect": server.address, "name": "localhost", "ca": Fixtures.path("root.pem")]
            let exchange = ["does": "echo", "bytes": "100000", "alpn": "h2"]
            let client = try language.start(role: "client", settings.merging(exchange) { $1 })
            client.closeInput()
            let reports = try PeerReport.reports(in: client.finish().output)
            #expect(reports.handshakes.first?.version == "1.3")
            #expect(reports.handshakes.first?.applicationProtocol == "h2")
            #expect(reports.ends.first?.digest == Payload.digest(Payload.pattern(100_000)))
            #expect(try server.finish().ends.first?.receivedByteCount == 100_000)
        }
    }
}
