import Fixtures
import Sluice
import SluiceReplay

extension ReplayScenario {
    /// Every decision with each of its answers.
    static let decisions: [ReplayScenario] = [TLSVersion.tls12, .tls13].flatMap { version in
        clientHelloAnswers(version) + clientIdentityAnswers(version) + peerCertificateAnswers(version)
    }

    private static func clientHelloAnswers(_ version: TLSVersion) -> [ReplayScenario] {
        let pair = RecordedPair.fixture(version, server: { $0.parameters.decisions = .clientHello })
        return [
            ReplayScenario("proceed", pair) { try answerHello(.proceed, &$0, &$1) },
            ReplayScenario("another context", pair) { client, server in
                let context = try TLSContext(
                    TLSServerConfiguration.server(.fixture(Fixtures.serverRSA)),
                    seed: RandomSeed(dangerouslyPredictable: 77)
                )
                try answerHello(.use(context), &client, &server)
            },
            ReplayScenario("another identity", pair) { client, server in
                try answerHello(.useIdentity(.fixture(Fixtures.serverRSA)), &client, &server)
            },
            ReplayScenario("refusal", pair) { client, server in
                try? server.resolve(ClientHelloAnswer.refuse(.unrecognizedName))
                RecordedPair.carry(&client, &server)
            },
        ]
    }

    private static func answerHello(
        _ answer: ClientHelloAnswer,
        _ client: inout TLSEngine,
        _ server: inout TLSEngine
    ) throws {
        try server.resolve(answer)
        RecordedPair.carry(&client, &server)
        try RecordedPair.converse(&client, &server)
    }

    private static func clientIdentityAnswers(_ version: TLSVersion) -> [ReplayScenario] {
        let pair = RecordedPair.fixture(
            version,
            client: { $0.parameters.decisions = .clientIdentity },
            server: { $0.clientAuthentication = .optional(.roots(.fixture)) }
        )
        return [ClientIdentityAnswer.present(.fixture(Fixtures.client)), .presentNone].map { answer in
            ReplayScenario("\(CallName.of(answer))", pair) { client, server in
                try client.resolve(answer)
                RecordedPair.carry(&client, &server)
                try RecordedPair.converse(&client, &server)
            }
        }
    }

    private static func peerCertificateAnswers(_ version: TLSVersion) -> [ReplayScenario] {
        let pair = RecordedPair.fixture(
            version,
            client: { configuration in
                configuration.identity = .fixture(Fixtures.client)
                configuration.parameters.decisions = .peerCertificate
            },
            server: { configuration in
                configuration.clientAuthentication = .required(.roots(.stranger))
                configuration.parameters.decisions = .peerCertificate
            }
        )
        return [PeerCertificateAnswer.accept, .reject(.certificateRevoked)].flatMap { answer in
            [
                ReplayScenario("client: \(answer)", pair) { client, server in
                    try? client.resolve(answer)
                    RecordedPair.carry(&client, &server)
                },
                ReplayScenario("server: \(answer)", pair) { client, server in
                    try client.resolve(PeerCertificateAnswer.accept)
                    RecordedPair.carry(&client, &server)
                    try? server.resolve(answer)
                    RecordedPair.carry(&client, &server)
                },
            ]
        }
    }
}

/// A name for an answer that holds a key.
private enum CallName {
    static func of(_ answer: ClientIdentityAnswer) -> String {
        if case .present = answer { "an identity" } else { "no identity" }
    }
}
