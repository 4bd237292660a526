import Fixtures
import Sluice
import Testing

struct OCSPResponseTests {
    private static let identity = TLSIdentity.fixture(Fixtures.serverECDSA)
    private static var leaf: Certificate { identity.leaf }
    private static var issuer: Certificate { identity.certificateChain[1] }

    @Test func `a response tells of whom it is, what it says, and how long`() throws {
        let response = try OCSPResponse(der: ForgedOCSPResponse().der)
        let answer = try #require(response.answer(for: Self.leaf, issuedBy: Self.issuer))
        #expect(response.answers == [answer])
        #expect(answer.serialNumber == Self.leaf.serialNumber && answer.status == .good)
        #expect(answer.thisUpdate == 1_735_689_600 && answer.nextUpdate == 1_736_294_400)
        #expect(response.description == "OCSP response: \(Self.leaf.serialNumber) is good")
        #expect(response.der == ForgedOCSPResponse().der)
    }

    @Test func `an answer is current from its time until the next`() throws {
        let answer = try #require(try OCSPResponse(der: ForgedOCSPResponse().der).answers.first)
        let times: [UnixTime] = [1_735_689_599, 1_735_689_600, 1_736_294_400, 1_736_294_401]
        #expect(times.map(answer.isCurrent) == [false, true, true, false])
        var endless = ForgedOCSPResponse()
        endless.answers[0].nextUpdate = nil
        let last = try #require(try OCSPResponse(der: endless.der).answers.first)
        #expect(last.nextUpdate == nil && last.isCurrent(at: .endOf9999))
    }

    @Test(
        arguments: [
            ([0x80, 0x00], OCSPResponse.Status.good), ([0x82, 0x00], .unknown),
            ([0xA1, 0x11, 0x18, 0x0F] + Array("20240101000000Z".utf8), .revoked),
        ] as [([UInt8], OCSPResponse.Status)]
    )
    func `an answer may be that a certificate is revoked, or unknown`(der: [UInt8], status: OCSPResponse.Status) throws
    {
        var forged = ForgedOCSPResponse()
        forged.answers[0].status = der
        #expect(try Self.identity.stapling(OCSPResponse(der: forged.der)).ocspAnswer?.status == status)
    }

    @Test func `among several answers each certificate's own is found`() throws {
        let other = TLSIdentity.fixture(Fixtures.serverRSA)
        var answers = [Self.identity, other].map {
            ForgedOCSPResponse.Answer(for: $0.leaf, issuer: $0.certificateChain[1])
        }
        answers[1].status = [0x82, 0]
        let response = try OCSPResponse(der: ForgedOCSPResponse(answers).der)
        #expect(try Self.identity.stapling(response).ocspAnswer?.status == .good)
        #expect(try other.stapling(response).ocspAnswer?.status == .unknown)
    }

    @Test func `an identity takes no response about another certificate`() throws {
        let identity = try Self.identity.stapling(.fixture(Fixtures.serverECDSA))
        #expect(identity != Self.identity && identity.ocspAnswer?.status == .good)
        expect(.invalidOCSPResponse) { try Self.identity.stapling(.fixture(Fixtures.serverRSA)) }
        #expect(try identity.stapling(nil) == Self.identity)
    }

    @Test func `the same number of another issuer is another certificate`() throws {
        let stranger = try Certificate.certificates(pem: Fixtures.stranger)[0]
        let ofStranger = ForgedOCSPResponse([.init(for: Self.leaf, issuer: stranger)])
        expect(.invalidOCSPResponse) { try Self.identity.stapling(OCSPResponse(der: ofStranger.der)) }
        let alone = try TLSIdentity(certificateChain: [Self.leaf], privateKey: Self.identity.privateKey)
        #expect(try alone.stapling(OCSPResponse(der: ForgedOCSPResponse().der)).ocspAnswer?.status == .good)
    }

    @Test func `a self-signed leaf is its own issuer`() throws {
        let identity = try TLSIdentity.selfSigned(for: ["a.test"])
        let response = ForgedOCSPResponse([.init(for: identity.leaf, issuer: identity.leaf)])
        #expect(try identity.stapling(OCSPResponse(der: response.der)).ocspAnswer?.status == .good)
    }

    @Test(arguments: [(1, "malformedrequest"), (3, "trylater"), (6, "unauthorized"), (9, "9")] as [(UInt8, String)])
    func `a responder's excuse is no response, and is named`(status: UInt8, name: String) throws {
        var forged = ForgedOCSPResponse()
        forged.status = status
        let error = #expect(throws: TLSError.self) { try OCSPResponse(der: forged.der) }
        #expect(error?.code == .invalidOCSPResponse && error?.fault == .caller)
        #expect(error?.words.contains(name) == true, "\(error?.words ?? "")")
    }

    @Test func `no answers, bad times and too many bytes are refused`() throws {
        expect(.invalidOCSPResponse) { try OCSPResponse(der: ForgedOCSPResponse([]).der) }
        for (from, until) in [("20259901000000Z", nil), ("20250101000000Z", "never"), ("", nil)] {
            var forged = ForgedOCSPResponse()
            forged.answers[0].thisUpdate = from
            forged.answers[0].nextUpdate = until
            expect(.invalidOCSPResponse) { try OCSPResponse(der: forged.der) }
        }
        let long = ForgedOCSPResponse().padded(to: TLSLimits.ocspResponseBytesMax + 1).der
        #expect(long.count == TLSLimits.ocspResponseBytesMax + 1)
        expect(.invalidOCSPResponse) { try OCSPResponse(der: long) }
    }

    @Test func `bytes after a response, PEM and certificates are refused`() {
        expect(.invalidOCSPResponse) { try OCSPResponse(der: ForgedOCSPResponse().der + [0]) }
        expect(.invalidOCSPResponse) { try OCSPResponse(der: []) }
        expect(.invalidOCSPResponse) { try OCSPResponse(der: Fixtures.root) }
        expect(.invalidOCSPResponse) { try OCSPResponse(der: Fixtures.bytes("server-ecdsa.der")) }
    }
}
