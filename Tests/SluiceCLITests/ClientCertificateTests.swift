import Fixtures
import Testing

struct ClientCertificateTests {
    private let required = ["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"]
    private let client = ["--cert", Fixtures.client.chainPath, "--key", Fixtures.client.keyPath]

    @Test(arguments: ["1.2", "1.3"])
    func `a client with a good certificate is let in and named`(version: String) throws {
        let server = try SluiceServer(required)
        let outcome = try Program.connect(to: server.port, client + ["--tls-max", version], input: [1, 2])
        #expect(outcome.status == 0 && outcome.output == [1, 2])
        #expect(try server.stop().errors.contains(", client CN=client"))
    }

    @Test(arguments: ["1.2", "1.3"])
    func `a client without one is not let in`(version: String) throws {
        let server = try SluiceServer(required)
        let outcome = try Program.connect(to: server.port, ["--tls-max", version], input: [1, 2])
        #expect(outcome.status == 3 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("--cert"))
    }

    @Test func `a client without one is let in where it is optional`() throws {
        let server = try SluiceServer(["--client-ca", Fixtures.path("root.pem")])
        #expect(try Program.connect(to: server.port, input: [1, 2]).output == [1, 2])
    }

    @Test func `a server's certificate is no client's`() throws {
        let server = try SluiceServer(required)
        let wrong = ["--cert", Fixtures.other.chainPath, "--key", Fixtures.other.keyPath]
        #expect(try Program.connect(to: server.port, wrong).status == 3)
    }

    @Test func `a passphrase opens an encrypted key, from a file or a variable`() throws {
        let directory = try TemporaryDirectory()
        let identity = [
            "--cert", Fixtures.serverECDSA.chainPath, "--key", Fixtures.path("server-ecdsa.encrypted.key.pem"),
        ]
        let file = try directory.write(Fixtures.passphrase + Array("\nnot this".utf8), to: "passphrase")
        let server = try SluiceServer(identity + ["--passphrase-file", file], identity: nil)
        #expect(try Program.connect(to: server.port, input: [9]).output == [9])
        let variable = ["SLUICE_PASSPHRASE": String(decoding: Fixtures.passphrase, as: UTF8.self)]
        let outcome = try Program.connect(to: server.port, identity, input: [9], environment: variable)
        #expect(outcome.status == 0)
    }

    @Test(arguments: [nil, "wrong"])
    func `without the right passphrase the key stays shut`(passphrase: String?) throws {
        let outcome = try Program.sluice(
            ["connect", "127.0.0.1:1", "--cert", Fixtures.serverECDSA.chainPath]
                + ["--key", Fixtures.path("server-ecdsa.encrypted.key.pem")],
            environment: ["SLUICE_PASSPHRASE": passphrase]
        ).finish()
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("--passphrase-file"))
    }

    @Test func `PKCS#12 holds all of an identity`() throws {
        let server = try SluiceServer(["--cert", Fixtures.path("server-ecdsa.unencrypted.p12")], identity: nil)
        #expect(try Program.connect(to: server.port, input: [5]).output == [5])
    }
}
