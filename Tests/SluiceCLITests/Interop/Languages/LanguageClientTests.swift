import Fixtures
import Testing

extension Interop {
    /// The peer programs to `sluice serve`: what is negotiated and carried.
    @Suite struct LanguageClientTests {
        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `both ends tell the same of a handshake`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let reports = try language.connect(to: server, does: "echo", ["max": version.rawValue, "bytes": "1"])
            let handshake = try #require(reports.handshakes.first, "\(reports)")
            let accepted = try #require(server.stop().accepted.first)
            #expect(handshake.version == version.rawValue)
            #expect(accepted.version == version.name)
            #expect(handshake.suite == accepted.suite || language.namesSuitesLikeOpenSSL)
            #expect(handshake.subject == "server-ecdsa")
            #expect(accepted.names("for localhost"))
            #expect(reports.ends.first?.ending == "close_notify" || language.tellsNoTruncation)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `bytes come back as they went`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            for size in Payload.sizes {
                let settings = ["max": version.rawValue, "bytes": "\(size)"]
                let end = try #require(language.connect(to: server, does: "echo", settings).ends.first)
                #expect(end.receivedByteCount == size)
                #expect(end.digest == Payload.digest(Payload.pattern(size)), "\(size) bytes")
                #expect(end.ending == "close_notify" || language.tellsNoTruncation)
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `the answer to a half-close arrives`(language: PeerLanguage, version: SpokenVersion) throws {
            if language == .python { try Test.cancel("Python's ssl can't read once it has sent close_notify") }
            if language == .java, version == .tls12 { try Test.cancel("JSSE closes both halves at once in TLS 1.2") }
            let server = try SluiceServer(["--echo"])
            let settings = ["max": version.rawValue, "bytes": "1000000"]
            let end = try #require(language.connect(to: server, does: "digest", settings).ends.first)
            #expect(end.receivedByteCount == 1_000_000)
            #expect(end.digest == Payload.digest(Payload.pattern(1_000_000)))
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client that vanishes harms nobody else`(language: PeerLanguage, version: SpokenVersion) throws {
            if language == .java { try Test.cancel("JSSE ends no connection without close_notify") }
            let server = try SluiceServer(["--discard"])
            _ = try language.connect(to: server, does: "vanish", ["max": version.rawValue, "bytes": "100000"])
            let next = try SluiceClient.run(to: server.address)
            #expect(next.status == 0, "\(next.errors)")
            // A client that hasn't read its tickets resets the connection.
            let errors = try server.stop().errors
            #expect(errors.contains("truncated") || errors.contains("reset"), "\(errors)")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a server that finishes says so`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--discard"])
            let client = try language.start(
                role: "client",
                [
                    "connect": server.address, "name": "localhost", "ca": Fixtures.path("root.pem"), "does": "send",
                    "max": version.rawValue,
                ]
            )
            client.closeInput()
            _ = try client.line(beginningWith: "handshake")
            #expect(try server.stop().status == 0)
            let end = try #require(PeerReport.reports(in: client.finish().output).ends.first)
            #expect(end.ending == "close_notify" || language.tellsNoTruncation)
        }
    }
}
