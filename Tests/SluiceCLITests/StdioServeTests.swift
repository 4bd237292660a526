import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// `sluice serve --stdio`: a process for each connection, as inetd, systemd and socat start one.
@Suite(.needs(.socat)) struct StdioServeTests {
    /// At standard input and output: two ends of a socket pair, two pipes, the client's socket itself.
    static let ways = ["", ",pipes", ",nofork"]
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test(arguments: ways, ["1.2", "1.3"])
    func `what is sent comes back, however the process was started`(way: String, version: String) throws {
        let server = try Socat(serving: ["--tls-max", version], way, in: directory)
        let outcome = try Program.connect(to: server.port, input: pattern(5_000_000))
        #expect(outcome.status == 0 && outcome.errors.contains("connected: TLS \(version), "))
        expectSame(outcome.output, pattern(5_000_000))
        #expect(try server.status() == "0")
    }

    @Test(arguments: ways)
    func `a program is behind it`(way: String) throws {
        let server = try Socat(serving: ["--exec", "exec sha256sum"], way, in: directory)
        let outcome = try Program.connect(to: server.port, input: pattern(5_000_000))
        #expect(outcome.status == 0 && outcome.text.hasPrefix(Payload.digest(pattern(5_000_000))))
        #expect(try server.status() == "0")
    }

    @Test(.needs(.openssl), arguments: ways)
    func `openssl is served`(way: String) throws {
        let server = try Socat(serving: [], way, in: directory)
        let client = try Software.openssl.start(
            ["s_client", "-connect", "127.0.0.1:\(server.port)", "-servername", "localhost", "-quiet", "-no_ign_eof"]
                + ["-CAfile", Fixtures.path("root.pem"), "-verify_hostname", "localhost", "-verify_return_error"]
        )
        client.write("hello\n")
        _ = try client.line(beginningWith: "hello")
        client.closeInput()
        #expect(try client.finish().status == 0)
        #expect(try server.status() == "0")
    }

    @Test(.needs(.curl), arguments: ways)
    func `curl is served, each of many at once by a process`(way: String) throws {
        let server = try Socat(serving: ["--www"], way, in: directory)
        let outcome = try Software.curl.run(
            ["-q", "--silent", "--show-error", "--max-time", "60", "--cacert", Fixtures.path("root.pem")]
                + ["--noproxy", "*", "--parallel", "--parallel-max", "8", "--parallel-immediate", "--no-keepalive"]
                + ["--header", "Connection: close", "--connect-to", "localhost:443:127.0.0.1:\(server.port)"]
                + ["https://localhost/[1-8]"]
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.split(separator: "\n").filter { $0.hasPrefix("request:") }.count == 8)
    }

    @Test func `the client's address is known where the socket is its own`() throws {
        let server = try Socat(serving: ["--exec", "echo $SLUICE_CLIENT"], ",nofork", in: directory)
        #expect(try Program.connect(to: server.port).text.hasPrefix("127.0.0.1:"))
        let behind = try Socat(serving: ["--exec", "echo ${SLUICE_CLIENT-unknown}"], in: directory)
        #expect(try Program.connect(to: behind.port).text == "unknown\n")
    }

    @Test func `nothing is told where standard error is the client's socket`() throws {
        let server = try Socat(serving: ["--exec", "echo told >&2; echo said"], ",nofork,stderr", in: directory)
        let outcome = try Program.connect(to: server.port)
        #expect(outcome.status == 0 && outcome.text == "said\n")
    }

    @Test(arguments: [
        (["--client-ca", Fixtures.path("root.pem"), "--require-client-cert"], [], "2"),
        (
            ["--client-ca", Fixtures.path("stranger.pem"), "--require-client-cert"], Fixtures.client.options, "2"
        ),
        (["--tls-max", "1.2"], ["--tls-min", "1.3"], "3"), (["--exec", "exit 1"], [], "0"),
        (["--exec", "exit 127"], [], "5"), (["--idle-timeout", "0.05"], [], "5"),
    ])
    func `the exit code tells how it ended`(options: [String], client: [String], status: String) throws {
        let server = try Socat(serving: options, in: directory)
        let arguments = ["connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem")] + client
        // Its input stays open.
        let program = try Program.sluice(arguments)
        #expect(try server.status() == status)
        program.closeInput()
    }

    @Test func `a client that is killed truncates`() throws {
        let server = try Socat(serving: ["--exec", "echo $$; exec cat"], in: directory)
        let program = try Program.sluice("connect", "localhost:\(server.port)", "--ca", Fixtures.path("root.pem"))
        let number = try #require(pid_t(program.line(beginningWith: "")))
        program.signal(9)
        #expect(try server.status() == "4")
        #expect(kill(number, 0) != 0)
    }

    @Test(arguments: [([], "4"), (Array("GET / HTTP/1.0\r\n\r\n".utf8), "3")])
    func `a client that doesn't speak TLS is told apart`(bytes: [UInt8], status: String) throws {
        let server = try Socat(serving: [], in: directory)
        let place = try #require(HostPort("127.0.0.1:\(server.port)"))
        do {
            let peer = try TCP.connect(to: place, by: .after(.seconds(10)))
            try peer.writeAll(bytes)
            peer.finishSending()
            while try !peer.waitAndRead().isEmpty {}
        }
        #expect(try server.status() == status)
    }

    @Test func `a client that says nothing is given up`() throws {
        let server = try Socat(serving: ["--timeout", "0.05"], in: directory)
        let place = try #require(HostPort("127.0.0.1:\(server.port)"))
        let peer = try TCP.connect(to: place, by: .after(.seconds(10)))
        #expect(try server.status() == "5")
        #expect(try peer.waitAndRead().isEmpty)
    }

    @Test func `without standard input there is no client`() throws {
        let words = "exec '\(Program.sluicePath)' serve --stdio --quiet <&-"
        let outcome = try Program("/bin/sh", ["-c", words]).finish()
        #expect(outcome.status == 4 && outcome.errors.hasPrefix("sluice: standard input: "))
    }

    @Test(.needs(.script))
    func `at a terminal the remedy is told`() throws {
        let outcome = try Software.script.run(["-qec", "'\(Program.sluicePath)' serve --stdio", "/dev/null"])
        #expect(outcome.status == 64 && outcome.text.contains("socat TCP-LISTEN"))
    }
}
