import Fixtures
import Sluice
import Testing

struct PeerVerificationTests {
    @Test(
        arguments: [
            (Fixtures.expired, VerificationFailure.Reason.certificateExpired, TLSAlert.certificateExpired),
            (Fixtures.notYetValid, .notYetValid, .badCertificate),
            (Fixtures.wrongHost, .hostNameMismatch, .badCertificate),
            (Fixtures.selfSigned, .selfSignedLeaf, .unknownCA),
            (Fixtures.client, .invalidPurpose, .unsupportedCertificate),
        ],
        TLSVersion.allCases
    )
    func `a bad certificate ends the handshake with its reason on both ends`(
        row: (identity: Fixtures.Identity, reason: VerificationFailure.Reason, alert: TLSAlert),
        version: TLSVersion
    ) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version, row.identity))
        pair.settle()
        let outcome = pair.outcome()
        let failure = try #require(outcome.client.failure)
        #expect(failure.code == .verificationFailed && failure.fault == .peer && failure.isDuringHandshake)
        #expect(failure.verification?.reason == row.reason && failure.verification?.depth == 0)
        #expect(failure.verification?.certificate == TLSIdentity.fixture(row.identity).leaf)
        #expect(failure.alert == TLSError.Alert(row.alert, sentBy: .local))
        #expect(outcome.server.failure?.code == .alertReceived)
        #expect(outcome.server.failure?.alert == TLSError.Alert(row.alert, sentBy: .peer))
    }

    @Test(arguments: TLSVersion.allCases)
    func `a root that isn't trusted ends the handshake with unknown_ca`(version: TLSVersion) throws {
        let stranger = try TrustRoots.pem(Fixtures.stranger)
        var pair = try EnginePair(
            client: .fixture(version) { $0.verification = .roots(stranger) },
            server: .fixture(version)
        )
        pair.settle()
        let failure = try #require(pair.outcome().client.failure)
        #expect(failure.verification?.reason == .unableToGetLocalIssuer)
        #expect(failure.alert?.description == .unknownCA)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a revoked certificate is refused when lists are given`(version: TLSVersion) throws {
        let lists = try RevocationList.lists(pem: Fixtures.bytes("intermediate.crl.pem"))
        var pair = try EnginePair(
            client: .fixture(version) { $0.verification.revocationLists = lists },
            server: .fixture(version, Fixtures.revoked)
        )
        pair.settle()
        let failure = try #require(pair.outcome().client.failure)
        #expect(failure.verification?.reason == .revoked && failure.alert?.description == .certificateRevoked)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the scope says whose lists must be there`(version: TLSVersion) throws {
        let lists = try RevocationList.lists(pem: Fixtures.bytes("intermediate.crl.pem"))
        for scope in [PeerVerification.RevocationScope.leaf, .chain] {
            let client = TLSClientConfiguration.fixture(version) {
                $0.verification.revocationLists = lists
                $0.verification.revocationScope = scope
            }
            var pair = try EnginePair(client: client, server: .fixture(version))
            pair.settle()
            let failure = pair.outcome().client.failure?.verification
            // The root's list is missing, and only the whole chain needs it.
            #expect(failure?.reason == (scope == .chain ? .crlMissing : nil) && (failure?.depth ?? 1) == 1)
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1", "::1"] as [ServerName])
    func `host names and addresses of the certificate are accepted`(name: ServerName) throws {
        var pair = try EnginePair(client: .fixture(serverName: name), server: .fixture())
        pair.settle()
        let outcome = pair.outcome()
        #expect(outcome.client.state == .open)
        #expect(outcome.server.summary?.serverName == (name.kind == .dnsName ? name.description : nil))
    }

    @Test func `an address that the certificate lacks is refused`() throws {
        var pair = try EnginePair(client: .fixture(serverName: "127.0.0.2"), server: .fixture())
        pair.settle()
        #expect(pair.outcome().client.failure?.verification?.reason == .ipAddressMismatch)
    }

    @Test func `the time is the one that was given`() throws {
        let inTheYear2000: UnixTime = 946_700_000
        var pair = try EnginePair(
            client: .fixture { $0.parameters.time = inTheYear2000 },
            server: .fixture(nil, Fixtures.expired)
        )
        pair.settle()
        #expect(pair.outcome().client.failure == nil)
    }

    @Test func `ignoring the server's name still checks the chain`() throws {
        var pair = try EnginePair(
            client: .fixture { $0.verification = .dangerouslyIgnoringServerName(roots: .fixture) },
            server: .fixture(nil, Fixtures.wrongHost)
        )
        pair.settle()
        #expect(pair.outcome().client.state == .open)
        var other = try EnginePair(
            client: .fixture { $0.verification = .dangerouslyIgnoringServerName(roots: .fixture) },
            server: .fixture(nil, Fixtures.selfSigned)
        )
        other.settle()
        #expect(other.outcome().client.failure?.code == .verificationFailed)
    }

    @Test func `without verification any certificate will do`() throws {
        var pair = try EnginePair(
            client: .fixture { $0.verification = .dangerouslyNone },
            server: .fixture(nil, Fixtures.expired)
        )
        pair.settle()
        #expect(pair.outcome().client.state == .open)
    }

    @Test(arguments: [(7, false), (8, true)])
    func `a chain of eight intermediates needs that depth`(intermediatesMax: Int, isAccepted: Bool) throws {
        var pair = try EnginePair(
            client: .fixture { $0.verification.intermediatesMax = intermediatesMax },
            server: .fixture(nil, Fixtures.longChain)
        )
        pair.settle()
        #expect((pair.outcome().client.failure == nil) == isAccepted)
    }
}
