import Fixtures
import Sluice
import SluiceOpenSSL
import Testing

struct ChainVerificationTests {
    struct Case: CustomTestStringConvertible {
        var fixture: Fixtures.Identity
        var reason: VerificationFailure.Reason?
        var depth = 0
        var name: ServerName? = "server.test"
        var time = Fixtures.now
        var roots = "root.pem"
        var adjust: @Sendable (inout VerificationParameters) -> Void = { _ in }

        var testDescription: String { "\(fixture) \(name?.description ?? "") \(reason?.description ?? "good")" }
    }

    @Test(arguments: good + timing + naming + trust + limits)
    func `each chain is accepted or refused for its own reason`(_ item: Case) throws {
        var parameters = VerificationParameters(name: item.name, at: item.time)
        item.adjust(&parameters)
        let chain = try Certificate.certificates(pem: item.fixture.chain)
        let failure = try failure(of: chain, under: .pem(Fixtures.bytes(item.roots)), parameters)
        #expect(failure?.reason == item.reason)
        #expect(failure?.depth ?? 0 == item.depth)
        #expect((failure == nil) == (failure?.certificate == nil))
    }

    static let good: [Case] = [
        Case(fixture: Fixtures.serverECDSA), Case(fixture: Fixtures.serverRSA), Case(fixture: Fixtures.serverEd25519),
        Case(fixture: Fixtures.serverECDSA, name: "localhost"), Case(fixture: Fixtures.serverECDSA, name: "127.0.0.1"),
        Case(fixture: Fixtures.serverECDSA, name: "::1"), Case(fixture: Fixtures.serverECDSA, name: nil),
        Case(fixture: Fixtures.underRoot), Case(fixture: Fixtures.longChain), Case(fixture: Fixtures.weak),
        Case(fixture: Fixtures.other, name: "other.test"), Case(fixture: Fixtures.other, name: "a.other.test"),
        Case(fixture: Fixtures.client, name: nil, adjust: { $0.purpose = .client }),
        Case(fixture: Fixtures.client, name: nil, adjust: { $0.purpose = .any }),
        Case(fixture: Fixtures.selfSigned, roots: "self-signed.pem"),
        Case(fixture: Fixtures.serverECDSA, roots: "intermediate.pem", adjust: { $0.anchors = .anyTrusted }),
    ]

    static let timing: [Case] = [
        Case(fixture: Fixtures.expired, reason: .certificateExpired),
        Case(fixture: Fixtures.expired, time: 978_307_199),
        Case(fixture: Fixtures.expired, reason: .certificateExpired, time: 978_307_201),
        Case(fixture: Fixtures.notYetValid, reason: .notYetValid),
        Case(fixture: Fixtures.notYetValid, time: 7_000_000_000),
        Case(fixture: Fixtures.serverECDSA, reason: .notYetValid, depth: 2, time: 0),
        Case(fixture: Fixtures.serverECDSA, reason: .certificateExpired, depth: 2, time: 7_258_118_401),
    ]

    static let naming: [Case] = [
        Case(fixture: Fixtures.wrongHost, reason: .hostNameMismatch),
        Case(fixture: Fixtures.serverECDSA, reason: .hostNameMismatch, name: "server-ecdsa"),
        Case(fixture: Fixtures.other, reason: .hostNameMismatch, name: "a.b.other.test"),
        Case(fixture: Fixtures.serverECDSA, reason: .ipAddressMismatch, name: "127.0.0.2"),
        Case(fixture: Fixtures.serverECDSA, reason: .ipAddressMismatch, name: "::2"),
        Case(fixture: Fixtures.client, reason: .invalidPurpose, name: nil),
        Case(fixture: Fixtures.serverECDSA, reason: .invalidPurpose, name: nil, adjust: { $0.purpose = .client }),
    ]

    static let trust: [Case] = [
        Case(fixture: Fixtures.selfSigned, reason: .selfSignedLeaf),
        Case(fixture: Fixtures.serverECDSA, reason: .unableToGetLocalIssuer, depth: 1, roots: "stranger.pem"),
        Case(fixture: Fixtures.serverECDSA, reason: .unableToGetIssuer, depth: 1, roots: "intermediate.pem"),
        Case(fixture: Fixtures.underRoot, reason: .unableToGetLocalIssuer, roots: "stranger.pem"),
    ]

    static let limits: [Case] = [
        Case(fixture: Fixtures.longChain, adjust: { $0.intermediatesMax = 8 }),
        Case(fixture: Fixtures.longChain, reason: .chainTooLong, depth: 8, adjust: { $0.intermediatesMax = 7 }),
        Case(fixture: Fixtures.weak, reason: .leafKeyTooSmall, adjust: { $0.securityLevel = 2 }),
    ]

    @Test func `a missing intermediate is told by its own code`() throws {
        let leaf = try Certificate.certificates(pem: Fixtures.serverECDSA.chain).prefix(1)
        let failure = try failure(of: Array(leaf), under: .pem(Fixtures.root), VerificationParameters())
        #expect(failure?.reason == .unableToGetLocalIssuer)
    }

    @Test func `a root that the peer sends is no root of ours`() throws {
        let chain = try Certificate.certificates(pem: Fixtures.serverECDSA.chain + Fixtures.root)
        let failure = try failure(of: chain, under: .pem(Fixtures.stranger), VerificationParameters())
        #expect(failure?.reason == .selfSignedInChain)
        #expect(failure?.certificate == chain.last)
    }

    @Test func `a tampered certificate fails by its signature`() throws {
        var chain = try Certificate.certificates(pem: Fixtures.serverECDSA.chain)
        var der = chain[0].der
        der[der.count - 1] ^= 1
        chain[0] = try Certificate(der: der)
        #expect(try failure(of: chain, under: .pem(Fixtures.root), VerificationParameters())?.reason == .badSignature)
    }

    @Test func `an empty chain is refused as such`() {
        expect(.invalidCertificate) {
            try TLSError.mapping { () throws(CredentialFailure) in
                try TrustStoreHandle([]).verify([], VerificationParameters())
            }
        }
    }

    @Test func `a failure describes itself with the certificate's name`() throws {
        let chain = try Certificate.certificates(pem: Fixtures.expired.chain)
        let failure = try failure(of: chain, under: .pem(Fixtures.root), VerificationParameters())
        #expect(failure?.description == "certificate has expired at depth 0: CN=expired,O=Sluice Test")
    }
}
