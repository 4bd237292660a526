import Fixtures
import Testing

extension Interop.Proxies {
    /// OCSP responses, one for each certificate.
    @Suite(.needs(.openssl), .needs(.go)) struct StapleTests {
        @Test(arguments: SpokenVersion.allCases)
        func `openssl is told of the certificate that it gets`(version: SpokenVersion) throws {
            let authority = try StatusAuthority()
            let server = try PlainServer(does: "echo")
            let leaves = try StatusAuthority.Leaf.allCases.map { leaf in
                let files = "certificate: \"\(authority.chainPath(leaf))\", key: \"\(authority.keyPath(leaf))\""
                return "{\(files), ocsp_staple: \"\(try authority.responsePath(leaf))\"}"
            }
            let proxy = try RealProxy(
                routes: """
                    - name: stapled
                      mode: terminate
                      certificates: [\(leaves.joined(separator: ", "))]
                      \(RouteText.upstream(server.address))
                    """
            )
            for leaf in StatusAuthority.Leaf.allCases {
                let algorithms = leaf == .rsa ? "rsa_pss_rsae_sha256" : "ecdsa_secp256r1_sha256"
                let options = [version.opensslOption, "-status", "-sigalgs", algorithms, "-CAfile", authority.rootPath]
                let text = try OpenSSLClient(to: proxy, options).exchange().text
                #expect(text.contains("OCSP Response Status: successful (0x0)"), "\(text)")
                #expect(text.contains("Serial Number: \(leaf == .rsa ? "1001" : "1000")\n    Cert Status: good"))
            }
        }
    }
}
