import Fixtures
import Testing

struct UsageTests {
    @Test(arguments: [
        ["connect"], ["connect", "example.com"], ["connect", "example.com:0"], ["connect", "example.com:65536"],
        ["connect", "::1:443"], ["connect", "h:1", "--tls-min", "1.1"],
        ["connect", "h:1", "--tls-min", "1.3", "--tls-max", "1.2"], ["connect", "h:1", "--key", "k"],
        ["connect", "h:1", "--ca", "c", "--dangerously-no-verification"], ["connect", "h:1", "--timeout", "-1"],
        ["connect", "--unix", "/s"], ["connect", "--exec", "cat"], ["connect", "h:1", "--unix", "/s", "--exec", "cat"],
        ["connect", "h:1", "--fd", "3", "--tty", "/t"], ["connect", "h:1", "--fd", "1"],
        ["connect", "h:1", "--fd", "3,"],
        ["connect", "h:1", "--fd", "1000"], ["connect", "h:1", "--fd", "3,4,5"],
        ["connect", "h:1", "--tty", "/t,fast"],
        ["connect", "h", "--via", "http://p"], ["connect", "h:1", "--via", "p:1"],
        ["connect", "h:1", "--via", "http://p", "--via-ca", "c"], ["connect", "h:1", "--via-ca", "c"],
        ["connect", "h:1", "--proxy-protocol", "v3"],
        ["connect", "h:1", "--starttls", "gopher"], ["connect", "h:1", "--starttls-name", "me"],
        ["serve"], ["serve", "--listen", ":0", "--require-client-cert"],
        ["serve", "--listen", ":0", "--echo", "--www"], ["serve", "--listen", ":0", "--unix", "s"],
        ["serve", "--listen", ":0", "--stdio"], ["serve", "--unix", "s", "--stdio"],
        ["serve", "--stdio", "--max-connections", "2"], ["serve", "--listen", ":0", "--max-connections", "0"],
        ["serve", "--stdio", "--exec", "cat", "--echo"], ["serve", "--listen", ":0", "--exec", " "],
        ["serve", "--listen", ":0", "--cert", "a", "--cert", "b", "--key", "c"], ["launch"], ["replay"],
        ["proxy"], ["proxy", "--listen", ":0"], ["proxy", "--to", "a:1"], ["proxy", "--config", "c", "--to", "a:1"],
        ["proxy", "--listen", "443", "--to", "a:1"], ["proxy", "--listen", ":0", "--to", "a"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--mode", "magic"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--sni", "*.*.b"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--trusted-source", "10.0.0.0/8"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--client-name", "a"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--cert", "a", "--key", "b", "--key", "c"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--threads", "0"],
        ["proxy", "--listen", ":0", "--to", "a:1", "--handshake-timeout", "0"],
        ["replay", "a.journal", "--jobs", "0"], ["replay", "a.journal", "--jobs", "257"],
    ])
    func `what can't be meant is refused`(arguments: [String]) throws {
        let outcome = try Program.sluice(arguments).finish()
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty && outcome.errors.contains("Error: "))
    }

    @Test(arguments: [
        ["--ciphers", "TLS_AES_128_GCM_SHA257"], ["--ciphers", "ECDHE-NONE"], ["--groups", "X25520"],
        ["--ca", "/no/such/file"], ["--cert", "/no/such/file"], ["--server-name", "no name"],
        ["--keylog", "/no/such/directory/keys"],
        ["--passphrase-file", "/no/such/file", "--cert", Fixtures.path("client.pem")],
    ])
    func `a value that can't be used is named`(arguments: [String]) throws {
        // Whatever it is, it must be found before anybody is connected to.
        let outcome = try Program.sluice(["connect", "127.0.0.1:1"] + arguments).finish()
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(arguments[1]))
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test func `a key of another certificate is refused`() throws {
        let client = Fixtures.client
        let outcome = try Program.runSluice(
            "connect",
            "h:1",
            "--cert",
            client.chainPath,
            "--key",
            Fixtures.serverECDSA.keyPath
        )
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("keyMismatch") && outcome.errors.contains(client.chainPath))
    }

    @Test func `a ticket key of the wrong length is refused`() throws {
        let outcome = try Program.runSluice("serve", "--listen", ":0", "--ticket-key", Fixtures.path("root.pem"))
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("80 or 48"))
    }
}
