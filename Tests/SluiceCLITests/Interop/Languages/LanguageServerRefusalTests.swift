import Fixtures
import Testing

extension Interop {
    /// `sluice connect` and the peer programs where one of them has to refuse the other.
    @Suite struct LanguageServerRefusalTests {
        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a bad certificate is refused with its alert`(language: PeerLanguage, version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let settings = ["max": version.rawValue]
                let server = try PeerServer(language, does: "echo", identity: refusal.identity, settings)
                let outcome = try SluiceClient.run(to: server.address, trusting: refusal.roots)
                #expect(outcome.status == 2, "\(refusal.identity): \(outcome.errors)")
                #expect(outcome.errors.contains("[sent alert \(refusal.alert)]"), "\(refusal.identity)")
                let reports = try server.finish()
                let alert = reports.failures.first?.alert
                #expect(
                    alert == refusal.alert || !language.readsPlaintextAlert(of: version),
                    "\(refusal.identity) \(reports)"
                )
            }
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client that must say who it is does`(language: PeerLanguage, version: SpokenVersion) throws {
            let outcome = try exchange(with: language, version, auth: "required", presenting: Fixtures.client)
            #expect(outcome.client.status == 0, "\(outcome.client.errors)")
            #expect(outcome.server.handshakes.first?.subject == "client")
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client that may say who it is needn't`(language: PeerLanguage, version: SpokenVersion) throws {
            let outcome = try exchange(with: language, version, auth: "optional", presenting: nil)
            #expect(outcome.client.status == 0, "\(outcome.client.errors)")
            #expect(outcome.server.handshakes.first?.subject == nil)
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client without a certificate is refused`(language: PeerLanguage, version: SpokenVersion) throws {
            let outcome = try refusal(by: language, version, presenting: nil)
            #expect(outcome.status == 3, "\(outcome.errors)")
            #expect(outcome.errors.contains("[received alert "))
        }

        @Test(arguments: PeerLanguage.allCases, SpokenVersion.allCases)
        func `a client of another authority is refused`(language: PeerLanguage, version: SpokenVersion) throws {
            let outcome = try refusal(by: language, version, presenting: Fixtures.selfSigned)
            if language == .node {
                #expect(outcome.status == 4, "Node judges once the handshake is over, and closes without a word")
            } else {
                #expect(outcome.status == 3, "\(outcome.errors)")
                #expect(outcome.errors.contains("[received alert "))
            }
        }

        @Test(arguments: PeerLanguage.allCases)
        func `a server that is too new or too old says so`(language: PeerLanguage) throws {
            for (range, option) in [("min=1.3", ["--tls-max", "1.2"]), ("max=1.2", ["--tls-min", "1.3"])] {
                let setting = range.split(separator: "=").map { String($0) }
                let server = try PeerServer(language, does: "echo", [setting[0]: setting[1]])
                let outcome = try SluiceClient.run(to: server.address, option)
                #expect(outcome.status == 3)
                #expect(outcome.errors.contains("[received alert protocol_version]"), "\(outcome.errors)")
            }
        }

        @Test(arguments: [PeerLanguage.go, .python, .node])
        func `a server of TLS 1.1 is told protocol_version`(language: PeerLanguage) throws {
            let server = try PeerServer(language, does: "echo", ["min": "1.0", "max": "1.1"])
            // A ClientHello of TLS 1.2 alone has no supported_versions, and with a suite of TLS 1.0 in it the server goes
            // on: it's the client that has to refuse.
            let options = ["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-SHA"]
            let outcome = try SluiceClient.run(to: server.address, options)
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains("[sent alert protocol_version]"), "\(outcome.errors)")
            // libssl puts the alert in a record of TLS 1.2, which these servers don't read any more.
            #expect(try server.finish().failures.count == 1)
        }

        private func exchange(
            with language: PeerLanguage,
            _ version: SpokenVersion,
            auth: String,
            presenting identity: Fixtures.Identity?
        ) throws -> (client: Program.Outcome, server: [PeerReport]) {
            let settings = ["max": version.rawValue, "auth": auth, "ca": Fixtures.path("root.pem")]
            let server = try PeerServer(language, does: "echo", settings)
            let client = try SluiceClient.exchange([1], with: server.address, identity?.options ?? [])
            return (client, try server.finish())
        }

        private func refusal(
            by language: PeerLanguage,
            _ version: SpokenVersion,
            presenting identity: Fixtures.Identity?
        ) throws -> Program.Outcome {
            let settings = ["max": version.rawValue, "auth": "required", "ca": Fixtures.path("root.pem")]
            let server = try PeerServer(language, does: "echo", settings)
            // With its standard input open the client says nothing: bytes that the server doesn't read would reset the
            // connection and take the alert with them.
            let client = try SluiceClient(to: server.address, identity?.options ?? [])
            return try client.program.finish()
        }
    }
}

extension Fixtures.Identity {
    /// The options of `sluice` that present it.
    var options: [String] { ["--cert", chainPath, "--key", keyPath] }
}
