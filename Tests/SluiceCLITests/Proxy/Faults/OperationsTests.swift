import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// `sluice proxy` as those who run it have it: under systemd, unprivileged, watched.
struct OperationsTests {
    @Test(.needs(.systemdSocketActivate)) func `systemd's socket is taken by its name, and systemd is told`() throws {
        let echo = try PlainUpstream.echo()
        let directory = try TemporaryDirectory()
        let notices = try NoticeSocket(at: directory.path("notify"))
        var text = ProxyText(to: echo.address)
        text.listeners = ["{address: \"systemd:web\"}"]
        let path = try directory.write(Array(text.text.utf8), to: "proxy.yaml")
        let (program, port) = try onFreePort { port in
            let own = ["-l", "127.0.0.1:\(port)", "--fdname=web", "-E", "NOTIFY_SOCKET=\(notices.path)"]
            let program = try Software.systemdSocketActivate.start(
                own + [Program.sluicePath, "proxy", "--config", path]
            )
            _ = try program.errorLine(containing: "Listening on")
            return (program, "\(port)")
        }
        // The first client is what has it started.
        #expect(try TLSClient(to: port).exchange())
        #expect(try notices.wait(for: "READY=1"))
        program.signal(SIGHUP)
        #expect(try notices.wait(for: "RELOADING=1"))
        #expect(try notices.wait(for: "READY=1"))
        #expect(try TLSClient(to: port).exchange())
        program.signal(SIGTERM)
        #expect(try notices.wait(for: "STOPPING=1"))
        #expect(try program.finish().status == 0)
    }

    @Test(.needs(.setpriv), .enabled(if: geteuid() == 0, "only root can become somebody else"))
    func `somebody who may only read its files runs it`() throws {
        let echo = try PlainUpstream.echo()
        let directory = try TemporaryDirectory()
        let user = ServerUser.current
        var text = ProxyText(to: echo.address)
        text.certificate = try directory.write(Fixtures.bytes("server-ecdsa.pem"), to: "server.pem")
        text.key = try directory.write(Fixtures.bytes("server-ecdsa.key.pem"), to: "server.key")
        chown(text.key, 0, user.groupID)
        chmod(text.key, 0o640)
        let change = ["--reuid=\(user.id)", "--regid=\(user.groupID)", "--clear-groups"]
        let proxy = try ConfiguredProxy(text, in: directory, launcher: [Software.setpriv.path ?? "setpriv"] + change)
        #expect(try TLSClient(to: proxy.port).exchange())
        proxy.program.signal(SIGHUP)
        _ = try proxy.log(" reloaded ")
        let outcome = try proxy.stop()
        #expect(outcome.status == 0 && !outcome.errors.contains("everybody can use"))
    }

    @Test(.needs(.openssl)) func `the key log has what the client's has`() throws {
        let echo = try PlainUpstream.echo()
        let directory = try TemporaryDirectory()
        let text = ProxyText(to: echo.address).with("dangerously_log_keys: \"\(directory.path("keys"))\"")
        let proxy = try ConfiguredProxy(text, in: directory)
        let options = ["-servername", "localhost", "-keylogfile", directory.path("client-keys")]
        let outcome = try Software.openssl.run(["s_client", "-connect", "127.0.0.1:\(proxy.port)"] + options)
        #expect(outcome.status == 0)
        _ = try proxy.log(" connection ")
        let (own, other) = (try Self.lines(of: "keys", directory), try Self.lines(of: "client-keys", directory))
        #expect(own.count == 5 && own.isSubset(of: other))
        #expect(try directory.mode(of: "keys") == 0o600)
    }

    @Test(.needs(.openssl)) func `a handshake that fails is recorded, and replays`() throws {
        let directory = try TemporaryDirectory()
        let text = ProxyText(to: "127.0.0.1:1").with("record_failures: {directory: \"\(directory.path("failures"))\"}")
        try FileManager.default.createDirectory(atPath: directory.path("failures"), withIntermediateDirectories: true)
        let proxy = try ConfiguredProxy(text, in: directory)
        let options = ["-CAfile", Fixtures.path("stranger.pem"), "-verify_return_error"]
        #expect(try Software.openssl.run(["s_client", "-connect", "127.0.0.1:\(proxy.port)"] + options).status != 0)
        _ = try proxy.log("recorded a failure")
        let name = try #require(try directory.names(in: "failures").first)
        #expect(try proxy.log("end=handshake_failed")[0].contains("unknown_ca"))
        let replay = try Program.runSluice("replay", directory.path("failures/" + name))
        #expect(replay.status == 0)
        #expect(replay.text.contains("1 of 1 journal matches"))
    }

    @Test(.needs(.curl)) func `those who watch learn of connections, and of no secrets`() throws {
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address).with("threads: 4")
        text.admin = "127.0.0.1:\(try RawServer.unusedPort())"
        let (proxy, admin) = (try ConfiguredProxy(text), text.admin ?? "")
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange(pattern(1000)))
        try client.close()
        _ = try proxy.log("end=completed")
        #expect(try proxy.metric("sluice_handshakes_total", "outcome=\"completed\"", at: admin) == 1)
        #expect(try proxy.metric("sluice_bytes_total", "direction=\"client\"", at: admin) == 1000)
        let metrics = try proxy.ask("/metrics", at: admin).text
        if Software.promtool.path != nil {
            let outcome = try Software.promtool.run(["check", "metrics"], input: Array((metrics + "\n").utf8))
            #expect(outcome.status == 0 && outcome.text.isEmpty && outcome.errors.isEmpty)
        }
        let facts = try proxy.ask("/config", at: admin)
        #expect(facts.status == 200 && facts.text.contains("\"routes\"") && !facts.text.contains("PRIVATE"))
        #expect(try proxy.ask("/healthz", at: admin).status == 200)
        #expect(try proxy.ask("/readyz", at: admin).status == 200)
    }

    @Test func `a connection is a line of JSON where that is wanted`() throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address).with("log: {format: json}"))
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange(pattern(1000)))
        try client.close()
        let line = try proxy.log("completed")[0]
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        let facts = ["route", "mode", "sni", "version", "suite", "resumed", "upstream", "bytes_in", "bytes_out", "end"]
        #expect(
            facts.map { object[$0].map { "\($0)" } } == [
                "main", "terminate", "localhost", "1.3", "TLS_AES_256_GCM_SHA384", "no", echo.address, "1000", "1000",
                "completed",
            ]
        )
    }

    @Test(.needs(.socat), arguments: ["yes", "no"])
    func `sockets at paths serve on both sides`(isShared: String) throws {
        let directory = try TemporaryDirectory()
        let server = try Software.socat.start([
            "UNIX-LISTEN:\(directory.path("up")),fork,mode=600", "EXEC:cat",
        ])
        try eventually { FileManager.default.fileExists(atPath: directory.path("up")) }
        var text = ProxyText(to: "unix:\(directory.path("up"))").with("threads: 3").with("reuse_port: \(isShared)")
        text.listeners.append("{address: \"unix:\(directory.path("in"))\", permissions: \"0600\"}")
        let proxy = try ConfiguredProxy(text, in: directory)
        #expect(proxy.addresses.contains("unix:\(directory.path("in"))"))
        #expect(try directory.mode(of: "in") == 0o600)
        #expect(try TLSClient(to: proxy.port).exchange())
        let relay = try Socat(to: "UNIX-CONNECT:\(directory.path("in"))")
        #expect(try TLSClient(to: relay.port).exchange())
        #expect(try proxy.stop().status == 0)
        #expect(!FileManager.default.fileExists(atPath: directory.path("in")))
        _ = server
    }

    private static func lines(of name: String, _ directory: TemporaryDirectory) throws -> Set<Substring> {
        let text = String(decoding: try directory.contents(of: name), as: UTF8.self)
        return Set(text.split(separator: "\n").filter { !$0.hasPrefix("#") })
    }
}
