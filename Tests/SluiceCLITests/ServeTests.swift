import Fixtures
import Testing

struct ServeTests {
    @Test(arguments: [15 as Int32, 2])
    func `a signal ends the server politely`(signal: Int32) throws {
        let server = try SluiceServer(["--echo"])
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        client.write("open\n")
        _ = try client.line(beginningWith: "open")
        server.program.signal(signal)
        #expect(try client.finish().status == 0)
        #expect(try server.program.finish().status == 0)
    }

    @Test func `a signal doesn't wait for a client that never answers`() throws {
        let server = try SluiceServer(["--echo"])
        // Stopped, it neither reads nor closes; its system keeps the connection open.
        let client = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        client.write("open\n")
        _ = try client.line(beginningWith: "open")
        client.signal(19)
        #expect(try server.stop().status == 0)
        client.signal(9)
    }

    @Test func `SNI chooses among several certificates`() throws {
        let other = Fixtures.other
        let server = try SluiceServer(["--cert", other.chainPath, "--key", other.keyPath])
        for (name, subject) in [("server.test", "CN=server-ecdsa"), ("other.test", "CN=other")] {
            let outcome = try Program.connect(to: server.port, ["--server-name", name, "--show-certs"])
            #expect(outcome.status == 0)
            #expect(outcome.errors.contains("certificate 0: \(subject)"))
        }
    }

    @Test func `without a certificate there is a self-signed one, with its fingerprint`() throws {
        let server = try Program.sluice("serve", "--listen", "127.0.0.1:0")
        let port = try server.line(beginningWith: "listening on 127.0.0.1:")
        let fingerprint = try server.errorLine(beginningWith: "sluice: self-signed identity for localhost, SHA-256 ")
        let client = try Program.connect(
            to: port,
            ["--dangerously-no-verification", "--show-certs"],
            trusting: nil
        )
        #expect(client.status == 0 && client.errors.contains(fingerprint))
    }

    @Test func `a trace shows messages and records of both ends`() throws {
        let server = try SluiceServer(["--trace", "--alpn", "h2,http/1.1"])
        let client = try Program.connect(to: server.port, ["--trace", "--alpn", "http/1.1"])
        #expect(client.errors.contains(">>   ClientHello, ") && client.errors.contains("<< record handshake, "))
        #expect(client.errors.contains("ALPN http/1.1"))
        let errors = try server.stop().errors
        #expect(errors.contains(" <<   ClientHello, ") && errors.contains(" >>   ServerHello, "))
    }

    @Test func `the quiet say nothing`() throws {
        let server = try SluiceServer(["--quiet"])
        #expect(try Program.connect(to: server.port, ["--quiet"], input: [1]).errors.isEmpty)
        #expect(try server.stop().errors.isEmpty)
    }

    @Test func `suites and groups are those that were asked for`() throws {
        let server = try SluiceServer(["--groups", "P-256"])
        let outcome = try Program.connect(to: server.port, ["--ciphers", "TLS_AES_128_GCM_SHA256"])
        #expect(outcome.errors.contains("TLS 1.3, TLS_AES_128_GCM_SHA256, secp256r1"))
        let older = try Program.connect(
            to: server.port,
            ["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-CHACHA20-POLY1305"]
        )
        #expect(older.errors.contains("TLS 1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"))
    }
}
