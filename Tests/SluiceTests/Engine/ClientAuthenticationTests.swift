import Fixtures
import Sluice
import Testing

struct ClientAuthenticationTests {
    @Test(arguments: TLSVersion.allCases)
    func `a server that requires a certificate sees the client's`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version) { $0.identity = .fixture(Fixtures.client) },
            server: .fixture(version) { $0.clientAuthentication = .required(.roots(.fixture)) }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.failure == nil)
        #expect(outcome.server.summary?.peerCertificates == TLSIdentity.fixture(Fixtures.client).certificateChain)
    }

    @Test(arguments: [(TLSVersion.tls12, TLSAlert.handshakeFailure), (.tls13, .certificateRequired)])
    func `a client without a certificate is refused where one is required`(
        version: TLSVersion,
        alert: TLSAlert
    ) throws {
        var pair = try EnginePair(
            client: .fixture(version),
            server: .fixture(version) { $0.clientAuthentication = .required(.roots(.fixture)) }
        )
        _ = pair.settleReading()
        let outcome = pair.outcome()
        #expect(outcome.server.failure?.code == .verificationFailed)
        #expect(outcome.server.failure?.alert == TLSError.Alert(alert, sentBy: .local))
        #expect(outcome.client.failure?.alert == TLSError.Alert(alert, sentBy: .peer))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a client may stay unknown where a certificate is optional`(version: TLSVersion) throws {
        var pair = try EnginePair(
            client: .fixture(version),
            server: .fixture(version) { $0.clientAuthentication = .optional(.roots(.fixture)) }
        )
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.server.state == .open && outcome.server.summary?.peerCertificates == [])
    }

    @Test(
        arguments: TLSVersion.allCases,
        [
            (Fixtures.selfSigned, VerificationFailure.Reason.selfSignedLeaf), (Fixtures.serverECDSA, .invalidPurpose),
        ]
    )
    func `a bad certificate is refused, optional or required`(
        version: TLSVersion,
        row: (identity: Fixtures.Identity, reason: VerificationFailure.Reason)
    ) throws {
        for authentication in [ClientAuthentication.optional(.roots(.fixture)), .required(.roots(.fixture))] {
            var pair = try EnginePair(
                client: .fixture(version) { $0.identity = .fixture(row.identity) },
                server: .fixture(version) { $0.clientAuthentication = authentication }
            )
            _ = pair.settleReading()
            let outcome = pair.outcome()
            #expect(outcome.server.failure?.code == .verificationFailed)
            #expect(outcome.server.failure?.verification?.reason == row.reason)
            #expect(outcome.client.failure?.code == .alertReceived)
        }
    }

    @Test func `a server that takes any certificate must decide itself`() throws {
        let error = #expect(throws: TLSError.self) {
            _ = try TLSContext(
                TLSServerConfiguration.fixture { $0.clientAuthentication = .required(.dangerouslyNone) }
            )
        }
        #expect(error?.code == .invalidConfiguration)
    }
}
