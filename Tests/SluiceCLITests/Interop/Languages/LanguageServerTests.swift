import Fixtures
import Testing

extension Interop {
    /// `sluice connect` to the peer programs: what is negotiated and carried.
    @Suite struct LanguageServerTests {
        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `both ends tell the same of a handshake`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue])
            let outcome = try SluiceClient.exchange([1], with: server.address)
            let negotiated = try #require(outcome.negotiated, "\(outcome.errors)")
            let handshake = try #require(server.finish().handshakes.first)
            #expect(outcome.status == 0)
            #expect(negotiated.version == version.name)
            #expect(handshake.version == version.rawValue)
            #expect(handshake.suite == negotiated.suite || language.namesSuitesLikeOpenSSL)
            #expect(handshake.isResumed != true)
            #expect(!negotiated.isResumed)
            #expect(handshake.serverName == "localhost" || language.tellsNoServerName)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `an address is looked for and not sent`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue])
            let outcome = try SluiceClient.run(to: server.address, name: "127.0.0.1")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try (server.finish().handshakes.first?.serverName ?? "") == "")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `bytes come back as they went`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "echo", ["max": version.rawValue])
            for size in Payload.sizes {
                let bytes = Payload.pattern(size)
                let outcome = try SluiceClient.exchange(bytes, with: server.address)
                expectSame(outcome.output, bytes)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let ends = try server.finish().ends
            #expect(Set(ends.map(\.digest)) == Set(Payload.sizes.map { Payload.digest(Payload.pattern($0)) }))
            #expect(ends.allSatisfy { $0.ending == "close_notify" || language.tellsNoTruncation })
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `the answer to a half-close arrives`(language: PeerLanguage, version: SpokenVersion) throws {
            if language == .java, version == .tls12 { try Test.cancel("JSSE closes both halves at once in TLS 1.2") }
            let server = try PeerServer(language, does: "digest", ["max": version.rawValue])
            let bytes = Payload.pattern(100_000)
            let client = try SluiceClient(to: server.address)
            client.program.write(bytes)
            client.program.closeInput()
            let outcome = try client.program.finish()
            #expect(outcome.text == Payload.digest(bytes))
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try server.finish().ends.first?.receivedByteCount == bytes.count)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a server may close first`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try PeerServer(language, does: "send", ["max": version.rawValue, "bytes": "100000"])
            let client = try SluiceClient(to: server.address)
            let outcome = try client.program.finish()
            expectSame(outcome.output, Payload.pattern(100_000))
            #expect(outcome.status == 0, "\(outcome.errors)")
            let end = try #require(server.finish().ends.first)
            #expect(end.ending == "close_notify" || language.tellsNoTruncation)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `TCP's end alone is truncation`(language: PeerLanguage, version: SpokenVersion) throws {
            if language == .java { try Test.cancel("JSSE ends no connection without close_notify") }
            let server = try PeerServer(language, does: "vanish", ["max": version.rawValue, "bytes": "100000"])
            let client = try SluiceClient(to: server.address)
            let outcome = try client.program.finish()
            #expect(outcome.status == 4, "\(outcome.errors)")
            expectSame(outcome.output, Payload.pattern(100_000))
        }
    }
}
