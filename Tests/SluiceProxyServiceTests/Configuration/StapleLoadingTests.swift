import Fixtures
import Sluice
import SluicePOSIX
import SluiceProxyService
import Testing

/// Files of OCSP responses.
struct StapleLoadingTests {
    private let folder: ConfigurationFolder

    init() throws {
        folder = try ConfigurationFolder("self-signed.pem", "self-signed.key.pem", "other.pem", "other.key.pem")
        try folder.writeOCSPResponse("staple.der", of: "self-signed", days: 3)
    }

    private func text(_ identity: String, staple: String) -> String {
        let files = "{certificate: \(identity).pem, key: \(identity).key.pem, ocsp_staple: \(staple)}"
        return ConfigurationText.route("mode: terminate", "upstream: {servers: a:1}", "certificates: \(files)")
    }

    @Test func `a response is stapled, and what it says is warned of`() throws {
        let loaded = try folder.load(text("self-signed", staple: "staple.der"), at: .now)
        guard case .server(let server) = loaded.routes.first?.clientContext?.configuration else {
            return #expect(Bool(false))
        }
        #expect(server.identities.first?.ocspResponse?.answers.count == 1)
        #expect(loaded.paths.contains(folder.path + "staple.der"))
        // Nobody has told that responder of the certificate.
        #expect(loaded.warnings.map(\.words) == ["\(folder.path)staple.der says that the certificate is unknown"])
    }

    @Test func `a response that is outdated is warned of`() throws {
        let later = UnixTime(secondsSince1970: UnixTime.now.secondsSince1970 + 4 * 86_400)
        let found = try folder.warnings(text("self-signed", staple: "staple.der"), at: later)
        #expect(
            found.contains {
                $0.contains("ocsp_staple: staple.der is for ") && $0.hasSuffix("clients won't take it now")
            }
        )
    }

    @Test(arguments: [("other", "staple.der"), ("other", "other.pem"), ("other", "none.der")])
    func `what is no response for the certificate is refused`(identity: String, staple: String) {
        let found = folder.problems(text(identity, staple: staple))
        #expect(found.count == 1)
        #expect(found.first?.contains("routes[0].certificates[0].ocsp_staple: ") == true)
    }
}
