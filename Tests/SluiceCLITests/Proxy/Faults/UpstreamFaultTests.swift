import Fixtures
import SluicePOSIX
import Testing

/// Servers that refuse, hang, and break, behind `sluice proxy`.
struct UpstreamFaultTests {
    @Test func `a client of a server that refuses gets no close_notify`() throws {
        let proxy = try ConfiguredProxy(ProxyText(to: "127.0.0.1:\(RawServer.unusedPort())"))
        let client = try TLSClient(to: proxy.port)
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        let line = try proxy.log("end=connect_failed")[0]
        #expect(line.contains(" warning connection ") && line.contains("side=upstream"))
        #expect(line.contains("refused"))
    }

    @Test func `a server that never answers a connect costs the connect timeout`() throws {
        let full = try FullBacklog()
        var text = ProxyText(to: full.address)
        text.rest = ["timeouts: {connect: 300ms}"]
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        #expect(try proxy.log("end=connect_failed")[0].contains("no answer within"))
    }

    @Test func `a server that is reached when the client has gone sees no end in order`() throws {
        let full = try FullBacklog()
        var text = ProxyText(to: full.address)
        text.mode = "originate"
        text.listeners = ["{address: \"127.0.0.1:0\", entrance: plaintext}"]
        let proxy = try ConfiguredProxy(text.trustingRoot)
        do {
            let client = try RawClient(to: proxy.port)
            try client.send(Array("never delivered".utf8))
            client.resetWhenClosed()
        }
        #expect(try proxy.log("end=connection_lost")[0].contains("side=client"))
        #expect(throws: TransportError.self) { try full.admit() }
    }

    @Test func `another server is tried when one refuses or never answers`() throws {
        let (echo, full) = (try PlainUpstream.echo(), try FullBacklog())
        var text = ProxyText(to: "127.0.0.1:\(try RawServer.unusedPort())", full.address, echo.address)
        text.rest = ["timeouts: {connect: 300ms}"]
        let proxy = try ConfiguredProxy(text)
        for _ in 0..<3 {
            let client = try TLSClient(to: proxy.port)
            #expect(try client.exchange())
            try client.close()
        }
        #expect(try proxy.log("upstream=\(echo.address)", times: 3).contains { $0.contains("attempts=3") })
    }

    @Test func `a server that never speaks costs the idle timeout`() throws {
        let silent = try PlainUpstream { peer in while try !peer.waitAndRead(within: .seconds(60)).isEmpty {} }
        var text = ProxyText(to: silent.address)
        text.rest = ["timeouts: {idle: 300ms}"]
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        try client.send("anybody?")
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        _ = try proxy.log("end=idle_timeout")
    }

    @Test func `a server that is to speak TLS and doesn't costs the connect timeout, too`() throws {
        let silent = try PlainUpstream { peer in while try !peer.waitAndRead(within: .seconds(60)).isEmpty {} }
        var text = ProxyText(to: silent.address).trustingRoot.with("timeouts: {connect: 300ms, handshake: 60s}")
        text.mode = "bridge"
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        #expect(try proxy.log("end=handshake_timeout")[0].contains("side=upstream"))
    }

    @Test func `a server that resets in the middle is told from one that ended`() throws {
        let broken = try PlainUpstream { peer in
            _ = try peer.waitAndRead()
            try peer.writeAll(pattern(100_000))
            _ = try peer.waitAndRead()
            peer.resetWhenClosed()
        }
        let proxy = try ConfiguredProxy(ProxyText(to: broken.address))
        let client = try TLSClient(to: proxy.port)
        try client.send("go")
        #expect(try client.receive(100_000) == pattern(100_000))
        try client.send("break")
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        #expect(try proxy.log("end=connection_lost")[0].contains("side=upstream"))
    }

    @Test func `a plain client learns by a reset that the server's TLS broke off`() throws {
        let server = try SluiceServer(["--echo"])
        var text = ProxyText(to: server.address)
        text.mode = "originate"
        text.listeners = ["{address: \"127.0.0.1:0\", entrance: plaintext}"]
        let proxy = try ConfiguredProxy(text.trustingRoot)
        let client = try RawClient(to: proxy.port)
        try client.send(Array("hello".utf8))
        #expect(try client.next() == Array("hello".utf8))
        server.program.signal(9)
        #expect(throws: TransportError.self) { try client.rest() }
        #expect(try proxy.log(" connection ")[0].contains("side=upstream"))
    }

    @Test func `a server that fails again and again is left out, and comes back`() throws {
        let echo = try PlainUpstream.echo()
        let spare = try RawServer.unusedPort()
        var text = ProxyText(to: "127.0.0.1:\(spare)", echo.address)
        text.upstream = ["ejection: {failures: 2, time: 500ms}"]
        let proxy = try ConfiguredProxy(text)
        for _ in 0..<4 { #expect(try TLSClient(to: proxy.port).exchange()) }
        _ = try proxy.log("upstream=127.0.0.1:\(spare)")
        let second = try PlainUpstream.echo(at: "127.0.0.1:\(spare)")
        try eventually { try TLSClient(to: proxy.port).exchange() && second.peerCount > 0 }
    }

    @Test(.needs(.curl)) func `probes see servers go and come, and so do those who watch`() throws {
        let port = try RawServer.unusedPort()
        var text = ProxyText(to: "127.0.0.1:\(port)")
        text.upstream = ["health_check: {kind: tcp, interval: 300ms, timeout: 200ms, rise: 2, fall: 2}"]
        text.admin = "127.0.0.1:\(try RawServer.unusedPort())"
        let (proxy, admin) = (try ConfiguredProxy(text), text.admin ?? "")
        _ = try proxy.log("upstream down")
        #expect(try proxy.ask("/readyz", at: admin).status == 503)
        #expect(try proxy.metric("sluice_upstream_up", port, at: admin) == 0)
        let server = try PlainUpstream.echo(at: "127.0.0.1:\(port)")
        _ = try proxy.log("upstream up")
        #expect(try proxy.ask("/readyz", at: admin).status == 200)
        #expect(try proxy.metric("sluice_upstream_up", port, at: admin) == 1)
        #expect(try proxy.metric("sluice_upstream_changes_total", "change=\"up\"", at: admin) == 1)
        #expect(try TLSClient(to: proxy.port).exchange())
        server.stop()
        _ = try proxy.log("upstream down", times: 2)
    }

    @Test func `a probe that speaks TLS finds a server that doesn't`() throws {
        let (plain, server) = (try PlainUpstream.echo(), try SluiceServer(["--echo"]))
        var text = ProxyText(to: plain.address, server.address).trustingRoot
        text.mode = "bridge"
        text.upstream.append("health_check: {kind: tls, interval: 1s, timeout: 900ms, rise: 1, fall: 1}")
        let proxy = try ConfiguredProxy(text)
        #expect(try proxy.log("upstream down")[0].contains(plain.address))
        for _ in 0..<2 { #expect(try TLSClient(to: proxy.port).exchange()) }
    }

    @Test func `new connections go where there are the fewest`() throws {
        let servers = [try PlainUpstream.echo(), try PlainUpstream.echo()]
        var text = ProxyText(to: servers[0].address, servers[1].address)
        text.upstream = ["balance: least_connections"]
        let proxy = try ConfiguredProxy(text)
        let clients = try (0..<4).map { _ in try TLSClient(to: proxy.port) }
        for client in clients { #expect(try client.exchange()) }
        #expect(servers.map(\.peerCount) == [2, 2])
    }
}
