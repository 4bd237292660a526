import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// `sluice serve --unix`: clients of this machine.
struct UnixServeTests {
    @Test(.needs(.openssl)) func `openssl is served at a path`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--echo"], path: directory.path("socket"))
        #expect(server.address == directory.path("socket"))
        let client = try Software.openssl.start(
            ["s_client", "-unix", server.address, "-servername", "localhost", "-verify_hostname", "localhost"]
                + ["-CAfile", Fixtures.path("root.pem"), "-verify_return_error", "-quiet", "-no_ign_eof"]
        )
        client.write("hello\n")
        _ = try client.line(beginningWith: "hello")
        client.closeInput()
        #expect(try client.finish().status == 0)
        let outcome = try server.stop()
        #expect(outcome.status == 0 && outcome.errors.contains("#1 a local process: TLS 1.3, "))
        #expect(try directory.names().isEmpty)
    }

    @Test(.needs(.curl)) func `curl is served at a path`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--www"], path: directory.path("socket"))
        let outcome = try Software.curl.run(
            ["-q", "--silent", "--show-error", "--max-time", "30", "--cacert", Fixtures.path("root.pem")]
                + ["--unix-socket", server.address, "https://localhost/[1-3]"]
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.fact("client") == "a local process")
        #expect(outcome.text.split(separator: "\n").filter { $0.hasPrefix("request:") }.count == 3)
    }

    @Test(.needs(.socat)) func `a TCP client is served at a path through socat`() throws {
        let directory = try TemporaryDirectory()
        let server = try SluiceServer(["--exec", "printenv SLUICE_CLIENT; exec cat"], path: directory.path("socket"))
        let relay = try Socat(to: "UNIX-CONNECT:\(server.address)")
        let outcome = try Program.connect(to: relay.port, input: pattern(1_000_000))
        #expect(outcome.status == 0)
        expectSame(outcome.output, pattern(1_000_000))
    }

    @Test func `a socket that nobody listens at is replaced`() throws {
        let directory = try TemporaryDirectory()
        let killed = try SluiceServer(["--echo"], path: directory.path("socket"))
        killed.program.signal(9)
        _ = try killed.program.finish()
        #expect(try directory.names() == ["socket"])
        #expect(try SluiceServer(["--echo"], path: directory.path("socket")).stop().status == 0)
    }

    @Test func `somebody else's path is left alone`() throws {
        let directory = try TemporaryDirectory()
        let first = try SluiceServer(["--echo"], path: directory.path("socket"))
        let file = try directory.write([1, 2, 3], to: "file")
        for path in [first.address, file] {
            let outcome = try Program.runSluice("serve", "--unix", path, "--quiet")
            #expect(outcome.status == 5 && outcome.output.isEmpty && outcome.errors.contains("listen on \(path)"))
        }
        #expect(try directory.contents(of: "file") == [1, 2, 3])
        #expect(try directory.names() == ["file", "socket"])
    }

    @Test func `a path that is too long, or in no directory, is named`() throws {
        for path in ["/no/such/directory/socket", "/" + String(repeating: "x", count: 200)] {
            let outcome = try Program.runSluice("serve", "--unix", path, "--quiet")
            #expect([5, 64].contains(outcome.status) && outcome.errors.contains(path))
        }
    }
}
