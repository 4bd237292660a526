import Fixtures
import Testing

extension Interop {
    /// The peer programs to `sluice serve`: identities, protocols, suites, groups and sessions.
    @Suite struct LanguageClientNegotiationTests {
        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `identities of every kind are verified`(language: PeerLanguage, version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverEd25519, Fixtures.longChain] {
                let server = try SluiceServer(["--echo"], identity: identity)
                let reports = try language.connect(to: server, does: "echo", ["max": version.rawValue, "bytes": "1"])
                #expect(reports.handshakes.first?.subject == identity.name, "\(reports)")
                #expect(reports.ends.first?.receivedByteCount == 1)
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `the name asked for chooses among identities`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"] + Fixtures.other.options)
            for (name, subject) in [("localhost", "server-ecdsa"), ("a.other.test", "other")] {
                let settings = ["max": version.rawValue, "bytes": "1", "name": name]
                let reports = try language.connect(to: server, does: "echo", settings)
                #expect(reports.handshakes.first?.subject == subject, "\(reports)")
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `an application protocol is agreed on`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo", "--alpn", "h2,http/1.1"])
            for (offer, choice) in [("http/1.1,h2", "h2"), ("other,http/1.1", "http/1.1"), (nil, "")] {
                var settings = ["max": version.rawValue, "bytes": "1"]
                settings["alpn"] = offer
                let reports = try language.connect(to: server, does: "echo", settings)
                #expect(reports.handshakes.first?.applicationProtocol == choice, "\(reports)")
            }
            #expect(try server.stop().accepted.map(\.applicationProtocol) == ["h2", "http/1.1", nil])
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `the suites asked for are used`(language: PeerLanguage, version: SpokenVersion) throws {
            for suite in version.suites {
                let server = try SluiceServer(["--echo", "--ciphers", suite])
                let reports = try language.connect(to: server, does: "echo", ["max": version.rawValue, "bytes": "1"])
                let isSame = reports.handshakes.first?.suite == suite
                #expect(isSame || (!reports.handshakes.isEmpty && language.namesSuitesLikeOpenSSL), "\(reports)")
                #expect(try server.stop().accepted.first?.suite == suite)
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client is asked again for the server's group`(language: PeerLanguage, version: SpokenVersion) throws {
            let options = ["--echo", "--groups", "P-384", "--trace"]
            let server = try SluiceServer(options, identity: Fixtures.serverRSA)
            let reports = try language.connect(to: server, does: "echo", ["max": version.rawValue, "bytes": "1"])
            #expect(reports.ends.first?.receivedByteCount == 1, "\(reports)")
            let outcome = try server.stop()
            #expect(outcome.accepted.first?.names("secp384r1") == true)
            let helloCount = outcome.errors.split(separator: "\n").filter { $0.contains("<<   ClientHello") }.count
            #expect(helloCount == (version == .tls13 ? 2 : 1), "TLS 1.3 asks again: HelloRetryRequest")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `sessions are resumed`(language: PeerLanguage, version: SpokenVersion) throws {
            let server = try SluiceServer(["--echo"])
            let settings = ["max": version.rawValue, "bytes": "1", "times": "3"]
            let reports = try language.connect(to: server, does: "echo", settings)
            #expect(reports.ends.map(\.receivedByteCount) == [1, 1, 1], "\(reports)")
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true, true])
            let resumed = reports.handshakes.compactMap(\.isResumed)
            #expect(resumed == [false, true, true] || language == .java)
        }
    }
}
