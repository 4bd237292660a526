import Fixtures
import Sluice
import SluiceOpenSSL
import Testing

struct RevocationTests {
    private static func lists(_ names: String...) throws -> [RevocationList] {
        try names.flatMap { try RevocationList.lists(pem: Fixtures.bytes("\($0).crl.pem")) }
    }

    private static func reason(
        of fixture: Fixtures.Identity,
        _ lists: [RevocationList],
        _ revocation: VerificationParameters.Revocation,
        at time: Int64 = Fixtures.now
    ) throws -> VerificationFailure.Reason? {
        var parameters = VerificationParameters(at: time)
        parameters.revocation = revocation
        let chain = try Certificate.certificates(pem: fixture.chain)
        return try failure(of: chain, under: .pem(Fixtures.root), revocationLists: lists, parameters)?.reason
    }

    @Test func `a revoked leaf is refused where leaves are looked up, and only there`() throws {
        let lists = try Self.lists("intermediate")
        #expect(try Self.reason(of: Fixtures.revoked, lists, .leaf) == .revoked)
        #expect(try Self.reason(of: Fixtures.revoked, lists, .none) == nil)
        #expect(try Self.reason(of: Fixtures.serverECDSA, lists, .leaf) == nil)
    }

    @Test func `a revoked intermediate is refused where chains are looked up`() throws {
        let lists = try Self.lists("intermediate", "root")
        #expect(try Self.reason(of: Fixtures.serverECDSA, lists, .chain) == nil)
        #expect(try Self.reason(of: Fixtures.revoked, lists, .chain) == .revoked)
        #expect(try Self.reason(of: Fixtures.underRevoked, lists, .chain) == .crlMissing)
        #expect(try Self.reason(of: Fixtures.underRoot, lists, .chain) == nil)
    }

    @Test func `a list that is missing or outdated is a failure`() throws {
        #expect(try Self.reason(of: Fixtures.serverECDSA, [], .leaf) == .crlMissing)
        #expect(try Self.reason(of: Fixtures.serverECDSA, Self.lists("intermediate"), .chain) == .crlMissing)
        #expect(try Self.reason(of: Fixtures.serverECDSA, Self.lists("intermediate-expired"), .leaf) == .crlExpired)
    }

    @Test func `a list tells its issuer and times, in PEM and in DER`() throws {
        let list = try RevocationList(der: Fixtures.bytes("intermediate.crl.der"))
        #expect(try [list] == Self.lists("intermediate"))
        #expect(list.issuer == "CN=intermediate,O=Sluice Test")
        #expect(list.thisUpdate == 946_684_800)
        #expect(list.nextUpdate == 7_258_118_399)
        #expect(list.description == "revocation list of CN=intermediate,O=Sluice Test")
    }

    @Test func `bytes after a list, and texts without one, are refused`() {
        expect(.invalidCertificate) { try RevocationList(der: Fixtures.bytes("intermediate.crl.der") + [0]) }
        expect(.invalidCertificate) { try RevocationList.lists(pem: Fixtures.root) }
    }
}
