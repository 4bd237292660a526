import Fixtures
import Foundation
import Testing

/// `sluice serve --exec`: a program for each connection.
struct ProgramServeTests {
    @Test(arguments: ["1.2", "1.3"], [0, 1, 5_000_000])
    func `what a program prints is what the client reads, byte by byte`(version: String, count: Int) throws {
        let server = try SluiceServer(["--exec", "exec cat"])
        let outcome = try Program.connect(to: server.port, ["--tls-max", version], input: pattern(count))
        #expect(outcome.status == 0)
        expectSame(outcome.output, pattern(count))
    }

    @Test(arguments: [("exec wc -c", "5000000\n"), ("wc -c; echo behind", "5000000\nbehind\n")])
    func `the client's close_notify ends the program's input`(command: String, output: String) throws {
        let server = try SluiceServer(["--exec", command])
        let outcome = try Program.connect(to: server.port, input: pattern(5_000_000))
        #expect(outcome.status == 0 && outcome.text == output)
    }

    @Test func `a program sees what was sent, and the client all of a long answer`() throws {
        let answer = "exec sha256sum; exec 0<&-"
        let server = try SluiceServer(["--exec", answer])
        let outcome = try Program.connect(to: server.port, input: pattern(5_000_000))
        #expect(outcome.text.hasPrefix(Payload.digest(pattern(5_000_000))))
        let other = try SluiceServer(["--exec", "exec head -c 5000000 /dev/zero"])
        let zeros = try Program.connect(to: other.port)
        #expect(zeros.status == 0)
        expectSame(zeros.output, [UInt8](repeating: 0, count: 5_000_000))
    }

    @Test func `a program that has no output may still read`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--exec", "exec cat > '\(directory.path("upload"))'"])
        let outcome = try Program.connect(to: server.port, input: pattern(1_000_000))
        #expect(outcome.status == 0 && outcome.output.isEmpty)
        expectSame(try directory.contents(of: "upload"), pattern(1_000_000))
    }

    @Test func `a program needn't read everything`() throws {
        let server = try SluiceServer(["--exec", "head -c 3; exec <&-; echo enough"])
        let outcome = try Program.connect(to: server.port, input: Array("one two".utf8) + pattern(1_000_000))
        #expect(outcome.status == 0 && outcome.text == "oneenough\n")
    }

    @Test func `twenty clients have twenty programs`() throws {
        let server = try SluiceServer(["--exec", "echo $$; exec cat"])
        let clients = try (0..<20).map { _ in try client(of: server) }
        let numbers = try clients.map { try $0.line(beginningWith: "") }
        #expect(Set(numbers).count == 20)
        for client in clients { client.write("hello\n") }
        for client in clients { #expect(try client.line(beginningWith: "hel") == "lo") }
        for client in clients { client.closeInput() }
        for client in clients { #expect(try client.finish().status == 0) }
        #expect(try server.stop().status == 0)
    }

    @Test func `an exit code is told here, and the client's connection is closed`() throws {
        let server = try SluiceServer(["--quiet", "--exec", "echo sorry; exit 1"])
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 0 && outcome.text == "sorry\n")
        #expect(try server.stop().errors.hasSuffix("the command \"echo sorry; exit 1\" ended with exit code 1\n"))
    }

    @Test(arguments: [
        ("echo cut; kill -9 $$", "signal 9"), ("echo cut; nothing-like-this 2>&-", "exit code 127"),
        ("echo cut; sh -c 'kill -9 $$'; exit $?", "exit code 137"),
    ])
    func `an answer that was cut short is truncated for the client, too`(command: String, words: String) throws {
        let server = try SluiceServer(["--exec", command])
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 4 && outcome.text == "cut\n")
        #expect(try server.stop().errors.contains(words))
    }

    @Test func `the end of a program is the end, though it left another one with its output`() throws {
        let server = try SluiceServer(["--exec", "sleep 1000 & echo $!"])
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 0)
        let number = try #require(pid_t(outcome.text.dropLast()))
        kill(number, SIGKILL)
    }

    @Test func `a program is started behind the handshake`() throws {
        let required = ["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"]
        let server = try SluiceServer(required + ["--exec", "echo started >&2"])
        #expect(try Program.connect(to: server.port).status == 3)
        #expect(try !server.stop().errors.contains("started"))
    }

    @Test func `a program is told of its connection, and of nothing else`() throws {
        let server = try SluiceServer(
            ["--exec", "exec env", "--client-ca", Fixtures.path("root.pem"), "--alpn", "h2"],
            environment: [
                "SLUICE_ALPN": "old", "SLUICE_CLIENT_SUBJECT": "CN=root", "SLUICE_PASSPHRASE": "x", "KEPT": "1",
            ]
        )
        let nobody = try variables(Program.connect(to: server.port))
        #expect(nobody["SLUICE_CLIENT"]?.hasPrefix("127.0.0.1:") == true)
        #expect(nobody["SLUICE_VERSION"] == "TLS 1.3" && nobody["SLUICE_CIPHER_SUITE"] == "TLS_AES_256_GCM_SHA384")
        #expect(nobody["SLUICE_GROUP"] == "x25519" && nobody["SLUICE_SERVER_NAME"] == "localhost")
        #expect(nobody["KEPT"] == "1" && nobody["PATH"] != nil)
        for name in ["ALPN", "CLIENT_SUBJECT", "CLIENT_FINGERPRINT", "PASSPHRASE"] {
            #expect(nobody["SLUICE_\(name)"] == nil)
        }
        let options = ["--tls-max", "1.2", "--alpn", "h2"] + Fixtures.client.options
        let somebody = try variables(Program.connect(to: server.port, options))
        #expect(somebody["SLUICE_VERSION"] == "TLS 1.2" && somebody["SLUICE_ALPN"] == "h2")
        #expect(somebody["SLUICE_CLIENT_SUBJECT"] == "CN=client,O=Sluice Test")
        #expect(somebody["SLUICE_CLIENT_FINGERPRINT"]?.isEmpty == false)
    }

    private func variables(_ outcome: Program.Outcome) -> [String: String] {
        let pairs = outcome.text.split(separator: "\n").compactMap { line -> (String, String)? in
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        return Dictionary(pairs) { $1 }
    }
}

/// A client of a server that stays until it is told to go.
func client(of server: SluiceServer) throws -> Program {
    try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
}
