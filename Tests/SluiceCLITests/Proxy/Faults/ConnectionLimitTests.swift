import Fixtures
import Sluice
import SluicePOSIX
import Testing

/// More clients than `sluice proxy` may take.
struct ConnectionLimitTests {
    @Test(
        .needs(.curl),
        arguments: [
            ("connections", "connections"), ("connections_per_address", "connections_per_address"),
            ("handshakes_per_second", "handshakes_per_second"),
        ]
    )
    func `who is over a limit is told so, counted, and served later`(limit: String, reason: String) throws {
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address)
        text.rest = ["limits: {\(limit): 2}"]
        text.admin = "127.0.0.1:\(try RawServer.unusedPort())"
        let proxy = try ConfiguredProxy(text)
        let clients = try (0..<2).map { _ in try TLSClient(to: proxy.port) }
        for client in clients { #expect(try client.exchange()) }
        let failure = tlsFailure { _ = try TLSClient(to: proxy.port) }
        #expect(failure?.alert == TLSError.Alert(.internalError, sentBy: .peer))
        _ = try proxy.log("end=over_limit")
        let name = "sluice_connections_refused_total"
        #expect(try proxy.metric(name, "reason=\"\(reason)\"", at: text.admin ?? "") == 1)
        for client in clients { try client.close() }
        try eventually { (try? TLSClient(to: proxy.port).exchange()) == true }
    }
}

/// A process that may have few descriptors.
struct DescriptorLimitTests {
    @Test(.needs(.prlimit)) func `clients for whom there are no descriptors wait, and the proxy doesn't spin`() throws {
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address)
        text.rest = ["threads: 2"]
        let launcher = [Software.prlimit.path ?? "prlimit", "--nofile=128:128"]
        let proxy = try ConfiguredProxy(text, launcher: launcher)
        #expect(try proxy.log("LimitNOFILE")[0].contains("connections=32"))
        var clients = try (0..<100).map { _ in try RawClient(to: proxy.port) }
        _ = try proxy.log("clients wait")
        #expect(clients.count == 100)
        let last = try RawClient(to: proxy.port)
        let start = proxy.processorSeconds
        _ = Mailbox<Void>().wait(within: .seconds(2))
        #expect(proxy.processorSeconds - start < 0.5)
        #expect(proxy.descriptorCount < 128)
        clients = []
        #expect(try TLSClient(to: proxy.port).exchange())
        try last.send([0])
        #expect(try last.next().isEmpty == false)
        #expect(try proxy.stop().status == 0)
    }
}
