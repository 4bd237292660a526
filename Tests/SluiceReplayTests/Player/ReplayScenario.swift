import Fixtures
import Sluice
import SluiceReplay
import Testing

/// One kind of connection, recorded at both ends.
struct ReplayScenario: Sendable, CustomTestStringConvertible {
    typealias Talk = @Sendable (inout TLSEngine, inout TLSEngine) throws -> Void

    let testDescription: String
    let pair: RecordedPair
    let talk: Talk

    init(_ name: String, _ pair: RecordedPair, _ talk: @escaping Talk = RecordedPair.converse) {
        testDescription = "\(name), \(pair.version)"
        self.pair = pair
        self.talk = talk
    }

    /// Both ends' journals, read from their text.
    func journals() throws -> [Journal] {
        let journals = try pair.journals(talk)
        return [try Journal(parsing: journals.client), try Journal(parsing: journals.server)]
    }

    /// Every kind of connection that ends well.
    static let clean: [ReplayScenario] = [TLSVersion.tls12, .tls13].flatMap { version in
        [
            ReplayScenario("conversation", RecordedPair(version: version)),
            ReplayScenario("RSA", .fixture(version, server: { $0.identities = [.fixture(Fixtures.serverRSA)] })),
            ReplayScenario(
                "Ed25519",
                .fixture(version, server: { $0.identities = [.fixture(Fixtures.serverEd25519)] })
            ),
            ReplayScenario(
                "client certificate",
                .fixture(
                    version,
                    client: { $0.identity = .fixture(Fixtures.client) },
                    server: { $0.clientAuthentication = .required(.roots(.fixture)) }
                )
            ),
            ReplayScenario(
                "HelloRetryRequest",
                .fixture(
                    version,
                    client: { $0.parameters.groups = ["X25519", "P-384", "P-256"].map { NamedGroup($0) } },
                    server: { $0.parameters.groups = ["P-384", "P-256"].map { NamedGroup($0) } }
                )
            ),
            ReplayScenario(
                "all observed",
                .fixture(
                    version,
                    client: { $0.parameters.observations = [.keyLog, .messages, .records] },
                    server: { $0.parameters.observations = [.keyLog, .messages, .records] }
                )
            ),
            ReplayScenario(
                "small rings",
                .fixture(
                    version,
                    client: { $0.parameters.ringCapacity = TLSLimits.ringCapacityMin },
                    server: { $0.parameters.ringCapacity = TLSLimits.ringCapacityMin }
                )
            ),
            ReplayScenario(
                "session context",
                .fixture(version, server: { $0.sessions.context = Array("shop".utf8) })
            ),
            ReplayScenario("hibernation", RecordedPair(version: version), hibernate),
            ReplayScenario("leftover", RecordedPair(version: version), leaveBytesBehind),
            ReplayScenario("lent rings", RecordedPair(version: version), lendRings),
            ReplayScenario("clock", RecordedPair(version: version), setClock),
        ]
    }

    /// Every kind of connection that ends badly.
    static let failing: [ReplayScenario] = [TLSVersion.tls12, .tls13].flatMap { version in
        [
            ReplayScenario(
                "unknown CA",
                .fixture(version, client: { $0.verification = .roots(.stranger) })
            ) { client, server in _ = (try? client.read(), try? server.read()) },
            ReplayScenario("wrong host", .fixture(version, client: { $0.serverName = "other.test" })) {
                client,
                server in
                _ = (try? client.read(), try? server.read())
            },
            ReplayScenario("no protocol in common", .noProtocol(version)) { client, server in
                _ = (try? client.read(), try? server.write([1]))
            },
            ReplayScenario("end of file", RecordedPair(version: version)) { client, server in
                _ = (try? client.feedEOF(), try? server.feedEOF())
                _ = (try? client.read(), try? server.close())
            },
            ReplayScenario("damaged record", RecordedPair(version: version)) { client, server in
                try client.write(Array(repeating: 1, count: 100))
                var bytes = client.drain()
                bytes[50] ^= 1
                _ = (try? server.feed(bytes), try? server.read())
            },
            ReplayScenario("noise", RecordedPair(version: version)) { client, server in
                _ = (try? client.feed(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)), try? server.read())
            },
        ]
    }

    private static let hibernate: Talk = { client, server in
        for _ in 0..<2 {
            while try !client.read().isEmpty {}
            _ = (client.hibernate(), server.hibernate())
            try client.write([1, 2, 3])
            RecordedPair.carry(&client, &server)
            _ = try server.read()
        }
    }

    private static let leaveBytesBehind: Talk = { client, server in
        try client.close()
        try server.feed(client.drain() + Array("and then".utf8))
        #expect(server.takeLeftover() == Array("and then".utf8))
    }

    private static let lendRings: Talk = { client, server in
        try client.write(Array(repeating: 3, count: 5000))
        var bytes: [UInt8] = []
        _ = client.drain { span in
            for index in 0..<min(1000, span.byteCount) {
                bytes.append(span.unsafeLoad(fromByteOffset: index, as: UInt8.self))
            }
            return bytes.count
        }
        _ = server.feed { output in for byte in bytes { output.append(byte) } }
        RecordedPair.carry(&client, &server)
        _ = (try server.read(atMost: 7), try server.read(atMost: 100_000))
    }

    private static let setClock: Talk = { client, server in
        client.setTime(UnixTime(secondsSince1970: Fixtures.now + 1000))
        server.setTime(UnixTime(secondsSince1970: Fixtures.now + 1000))
        try converse(&client, &server)
    }

    private static func converse(_ client: inout TLSEngine, _ server: inout TLSEngine) throws {
        try RecordedPair.converse(&client, &server)
    }
}

extension RecordedPair {
    /// A pair with other configurations.
    static func fixture(
        _ version: TLSVersion,
        client: @escaping @Sendable (inout TLSClientConfiguration) -> Void = { _ in },
        server: @escaping @Sendable (inout TLSServerConfiguration) -> Void = { _ in }
    ) -> RecordedPair {
        RecordedPair(version: version, changeClient: client, changeServer: server)
    }

    /// A pair that has no application protocol in common.
    static func noProtocol(_ version: TLSVersion) -> RecordedPair {
        .fixture(
            version,
            client: { $0.parameters.applicationProtocols = ["h2"] },
            server: { $0.parameters.applicationProtocols = ["http/1.1"] }
        )
    }
}

extension TrustRoots {
    /// The root of the test PKI.
    static var fixture: TrustRoots { roots("root.pem") }

    /// A root that signed nothing in the test PKI.
    static var stranger: TrustRoots { roots("stranger.pem") }

    private static func roots(_ name: String) -> TrustRoots {
        do { return try .pem(Fixtures.bytes(name)) } catch { fatalError("the fixture \(name) is damaged: \(error)") }
    }
}

extension TLSIdentity {
    /// An identity of the test PKI.
    static func fixture(_ identity: Fixtures.Identity) -> TLSIdentity {
        do {
            return try TLSIdentity(pemChain: identity.chain, pemKey: identity.key)
        } catch {
            fatalError("the fixture \(identity) is damaged: \(error)")
        }
    }
}
