import Fixtures
import Testing

extension Interop {
    /// `sluice serve --ocsp` and clients that ask for the server's certificate status, and check it.
    @Suite(.needs(.openssl)) struct StaplingTests {
        private let authority: StatusAuthority

        init() throws { authority = try StatusAuthority() }

        /// A server with both leaves and what is said of them.
        private func server(_ options: [String], stapling files: [String]) throws -> SluiceServer {
            let leaves = StatusAuthority.Leaf.allCases.flatMap {
                ["--cert", authority.chainPath($0), "--key", authority.keyPath($0)]
            }
            return try SluiceServer(options + leaves + files.flatMap { ["--ocsp", $0] }, identity: nil)
        }

        /// Responses for both leaves, in an order that isn't the leaves'.
        private func responses() throws -> [String] {
            try [authority.responsePath(.rsa), authority.responsePath(.ecdsa)]
        }

        @Test(arguments: SpokenVersion.allCases, StatusAuthority.Leaf.allCases)
        func `openssl is told of the leaf that it gets`(version: SpokenVersion, leaf: StatusAuthority.Leaf) throws {
            let server = try server(["--echo"], stapling: responses())
            let algorithms = leaf == .rsa ? "rsa_pss_rsae_sha256" : "ecdsa_secp256r1_sha256"
            let options = [version.opensslOption, "-status", "-sigalgs", algorithms, "-CAfile", authority.rootPath]
            let text = try OpenSSLClient(to: server, options).exchange().text
            #expect(text.contains("OCSP Response Status: successful (0x0)"), "\(text)")
            #expect(text.contains("Serial Number: \(leaf == .rsa ? "1001" : "1000")\n    Cert Status: good"), "\(text)")
            #expect(text.contains("Verify return code: 0 (ok)"))
        }

        @Test(arguments: SpokenVersion.allCases)
        func `openssl is told of nothing by a server without a response`(version: SpokenVersion) throws {
            let server = try server(["--echo"], stapling: [])
            let options = [version.opensslOption, "-status", "-CAfile", authority.rootPath]
            #expect(try OpenSSLClient(to: server, options).exchange().text.contains("OCSP response: no response sent"))
        }

        @Test(.needs(.gnutlsClient), arguments: SpokenVersion.allCases)
        func `gnutls-cli takes what is good and refuses what is revoked`(version: SpokenVersion) throws {
            let good = try server(["--echo"], stapling: responses())
            let client = try GnuTLSClient(to: good, version, ["--verbose"], trusting: authority.rootPath)
            #expect(try client.exchange().status == 0)
            let log = try client.log()
            #expect(log.contains("Certificate Status: good") && log.contains("The certificate is trusted"), "\(log)")
            let revoked = try StatusAuthority.Leaf.allCases.map { try authority.responsePath($0, .revoked) }
            let bad = try server(["--echo"], stapling: revoked)
            let refusing = try GnuTLSClient(to: bad, version, trusting: authority.rootPath)
            #expect(try refusing.program.finish().status == 1)
            #expect(try refusing.log().contains("revoked"))
        }

        @Test(.needs(.curl), arguments: SpokenVersion.allCases)
        func `curl takes what is good, and refuses what is revoked or not said`(version: SpokenVersion) throws {
            func status(_ files: [String]) throws -> Int32 {
                let server = try server(["--www"], stapling: files)
                let curl = CurlClient(to: server, version, ["--cert-status"], trusting: authority.rootPath)
                return try curl.get("/").status
            }
            #expect(try status(responses()) == 0)
            #expect(try status([]) == 91)
            #expect(try status(StatusAuthority.Leaf.allCases.map { try authority.responsePath($0, .revoked) }) == 91)
        }

        @Test(arguments: SpokenVersion.allCases, StatusAuthority.Leaf.allCases)
        func `a recorded server replays its response`(version: SpokenVersion, leaf: StatusAuthority.Leaf) throws {
            let directory = try TemporaryDirectory()
            let server = try SluiceServer(
                ["--echo", "--record", directory.path("journal"), "--cert", authority.chainPath(leaf), "--key"]
                    + [authority.keyPath(leaf), "--ocsp", authority.responsePath(leaf)],
                identity: nil
            )
            let options = [version.opensslOption, "-status", "-CAfile", authority.rootPath]
            let text = try OpenSSLClient(to: server, options).exchange().text
            #expect(text.contains("Cert Status: good"))
            _ = try server.stop()
            let replay = try Program.runSluice("replay", directory.path("journal"))
            #expect(replay.status == 0 && replay.text.contains("1 of 1 journal matches"), "\(replay.text)")
        }

        @Test func `a file that is no response, or about others, can't be used`() throws {
            let directory = try TemporaryDirectory()
            let identity = ["--cert", authority.chainPath(.rsa), "--key", authority.keyPath(.rsa)]
            let cases = [
                (authority.chainPath(.rsa), "invalidOCSPResponse"),
                (try authority.responsePath(.ecdsa), "it is about none of the certificates (1001)"),
                (try directory.write(Array(repeating: 0, count: 20_000), to: "long"), "more than 16380 bytes"),
                (directory.path("missing"), "No such file"),
            ]
            for (path, words) in cases {
                let outcome = try Program.runSluice(["serve", "--listen", "127.0.0.1:0", "--ocsp", path] + identity)
                #expect(outcome.status == 64)
                #expect(outcome.errors.contains(words), "\(outcome.errors)")
            }
        }
    }
}
