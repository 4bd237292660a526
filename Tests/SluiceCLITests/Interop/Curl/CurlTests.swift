import Fixtures
import Foundation
import Testing

extension Interop {
    /// `curl` to `sluice serve --www`.
    @Suite(.needs(.curl)) struct CurlTests {
        @Test(arguments: SpokenVersion.allCases)
        func `a page comes over a verified connection`(version: SpokenVersion) throws {
            for identity in [Fixtures.serverRSA, Fixtures.serverECDSA, Fixtures.longChain] {
                let server = try SluiceServer(["--www"], identity: identity)
                let outcome = try CurlClient(to: server, version).get("/here")
                #expect(outcome.status == 0, "\(identity): \(outcome.errors)")
                #expect(outcome.fact("request") == "GET /here HTTP/1.1")
                #expect(outcome.fact("version") == version.name)
                #expect(outcome.fact("server name") == "localhost")
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `curl refuses what it can't verify with exit code 60`(version: SpokenVersion) throws {
            for refusal in Refusal.all {
                let server = try SluiceServer(["--www"], identity: refusal.identity)
                let outcome = try CurlClient(to: server, version, trusting: refusal.roots).get("/")
                #expect(outcome.status == 60, "\(refusal.identity): \(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
            let server = try SluiceServer(["--www"])
            #expect(try CurlClient(to: server, version).get("/", host: "elsewhere.test").status == 60)
            #expect(try CurlClient(to: server, version).get("/", host: "server.test").status == 0)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `the name asked for chooses among identities`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www"] + Fixtures.other.options)
            for host in ["localhost", "a.other.test"] {
                let outcome = try CurlClient(to: server, version).get("/", host: host)
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.fact("server name") == host)
            }
        }

        @Test(arguments: SpokenVersion.allCases)
        func `several requests go over one connection`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www"])
            let outcome = try CurlClient(to: server, version).get("/[1-4]", saying: "connects %{num_connects}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.text.split(separator: "\n")
            #expect(lines.filter { $0.hasPrefix("request:") }.count == 4)
            let connects = lines.filter { $0.hasPrefix("connects ") }.map { $0.dropFirst("connects ".count) }
            #expect(connects == ["1", "0", "0", "0"])
            #expect(try server.stop().accepted.count == 1)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `each HTTP/1.0 request has a connection, resumed but the first`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www"])
            let outcome = try CurlClient(to: server, version, ["--http1.0"]).get("/[1-3]")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.fact("request") == "GET /1 HTTP/1.0")
            #expect(try server.stop().accepted.map(\.isResumed) == [false, true, true])
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a head has no body, and a body sent is skipped`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www"])
            let head = try CurlClient(to: server, version, ["--head"]).get("/")
            #expect(head.status == 0, "\(head.errors)")
            #expect(head.text.hasPrefix("HTTP/1.1 200 OK\r\n") && head.text.hasSuffix("\r\n\r\n"))
            let directory = try TemporaryDirectory()
            let file = try directory.write(Payload.pattern(5_000_000), to: "file")
            let upload = CurlClient(to: server, version, ["--data-binary", "@\(file)", "--header", "Expect:"])
            let outcome = try upload.get("/one", "/two", saying: "connects %{num_connects} sent %{size_upload}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.text.contains("POST /two HTTP/1.1"))
            #expect(outcome.text.contains("connects 0 sent 5000000"), "\(outcome.text)")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a protocol is agreed on`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www", "--alpn", "http/1.1"])
            let offer = CurlClient(to: server, version, ["--http2"])
            #expect(try offer.get("/").fact("ALPN") == "http/1.1")
            let none = CurlClient(to: server, version, ["--no-alpn"])
            #expect(try none.get("/").fact("ALPN") == "none")
        }

        @Test(arguments: SpokenVersion.allCases)
        func `versions that don't meet are curl's exit code 35`(version: SpokenVersion) throws {
            let other: SpokenVersion = version == .tls12 ? .tls13 : .tls12
            let server = try SluiceServer(["--www"] + other.options)
            #expect(try CurlClient(to: server, version).get("/").status == 35)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `a client with a good certificate alone gets the page`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www", "--client-ca", Fixtures.path("root.pem"), "--require-client-cert"])
            let good = try CurlClient(to: server, version, Fixtures.client.options).get("/")
            #expect(good.status == 0, "\(good.errors)")
            #expect(good.fact("client certificate")?.contains("client") == true)
            for options in [[], Fixtures.selfSigned.options] {
                let outcome = try CurlClient(to: server, version, options).get("/")
                // In TLS 1.3 it has sent its request before the alert comes.
                let statuses: [Int32] = version == .tls12 ? [35] : [55, 56]
                #expect(statuses.contains(outcome.status), "\(outcome.errors)")
                #expect(outcome.output.isEmpty)
            }
            #expect(try server.stop().accepted.count == 1)
        }

        @Test(arguments: SpokenVersion.allCases)
        func `fifty connections at a time are answered`(version: SpokenVersion) throws {
            let server = try SluiceServer(["--www"])
            let parallel = ["--parallel", "--parallel-max", "50", "--parallel-immediate"]
            let options = parallel + ["--header", "Connection: close"]
            let directory = try TemporaryDirectory()
            let output = ["--output", directory.path("page-#1")]
            let client = CurlClient(to: server, version, options + output)
            let outcome = try client.get("/[1-50]", saying: "code %{http_code} connects %{num_connects}")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.text.split(separator: "\n")
            #expect(lines == Array(repeating: "code 200 connects 1", count: 50))
            for number in 1...50 {
                let page = String(decoding: try directory.contents(of: "page-\(number)"), as: UTF8.self)
                #expect(page.contains("GET /\(number) HTTP/1.1\n"))
            }
            #expect(try server.stop().accepted.count == 50)
        }
    }
}
