import Fixtures
import Testing

/// `sluice connect --proxy-protocol`.
struct ProxyProtocolTests {
    @Test(.needs(.nginx), arguments: ["v1", "v2"])
    func `nginx learns the address of who connects`(version: String) throws {
        let server = try NginxServer(
            .tls13,
            parameters: "proxy_protocol",
            ["location = /from { return 200 \"from $proxy_protocol_addr to $proxy_protocol_server_port\\n\"; }"]
        )
        let port = String(server.address.split(separator: ":").last ?? "")
        let request = Array("GET /from HTTP/1.0\r\n\r\n".utf8)
        let outcome = try Program.connect(to: port, ["--proxy-protocol", version], host: "127.0.0.1", input: request)
        #expect(outcome.text.hasSuffix("from 127.0.0.1 to \(port)\n"), "\(outcome.errors)")
    }

    @Test(.needs(.nginx), .needs(.socat), arguments: ["v1", "v2"])
    func `who doesn't connect by TCP says that nothing is known`(version: String) throws {
        let server = try NginxServer(
            .tls13,
            parameters: "proxy_protocol",
            ["location = /from { return 200 \"from $proxy_protocol_addr.\\n\"; }"]
        )
        let outcome = try Program.runSluice(
            ["connect", "server.test", "--ca", Fixtures.path("root.pem"), "--proxy-protocol", version]
                + ["--exec", "exec socat - TCP:\(server.address)", "--trace"],
            input: Array("GET /from HTTP/1.0\r\n\r\n".utf8)
        )
        #expect(outcome.text.hasSuffix("from .\n"), "\(outcome.errors)")
        #expect(
            outcome.errors.hasPrefix(
                ">> PROXY header of version \(version.dropFirst()), \(version == "v1" ? 15 : 16) bytes\n"
            )
        )
    }

    @Test func `the header comes before STARTTLS`() throws {
        let server = try ScriptedServer(
            [("PROXY TCP4 127.0.0.1 127.0.0.1 ", "220 hi\r\n"), ("AUTH TLS\r\n", "234 go\r\n")]
        )
        let options = ["--proxy-protocol", "v1", "--starttls", "ftp"]
        let outcome = try Program.connect(to: server.port, options, host: "127.0.0.1", input: [5])
        #expect(outcome.status == 0 && outcome.output == [5], "\(outcome.errors)")
    }
}
