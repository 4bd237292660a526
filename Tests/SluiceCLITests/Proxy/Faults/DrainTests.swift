import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// `sluice proxy` that is told to stop.
struct DrainTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `signals are heeded from the moment that it says where it listens`(signal: Int32) throws {
        let proxy = try ConfiguredProxy(ProxyText(to: "127.0.0.1:1"))
        proxy.program.signal(SIGHUP)
        _ = try proxy.log(" reloaded ")
        let hasty = try ConfiguredProxy(ProxyText(to: "127.0.0.1:1"))
        hasty.program.signal(signal)
        #expect(try hasty.program.finish().status == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `transfers are finished, and nobody else comes in`(signal: Int32) throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address))
        let clients = try (0..<8).map { _ in try TLSClient(to: proxy.port) }
        for client in clients { #expect(try client.exchange()) }
        proxy.program.signal(signal)
        _ = try proxy.log("draining")
        try eventually { (try? RawClient(to: proxy.port)) == nil }
        for client in clients {
            #expect(try client.exchange(pattern(200_000)))
            try client.close()
        }
        let outcome = try proxy.program.finish()
        #expect(outcome.status == 0)
        #expect(outcome.errors.split(separator: "\n").count { $0.contains("end=completed") } == 8)
    }

    @Test func `a reload that comes then lets nobody in again`() throws {
        let echo = try PlainUpstream.echo()
        let text = ProxyText(to: echo.address)
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange())
        proxy.program.signal(SIGTERM)
        _ = try proxy.log("draining")
        try eventually { (try? RawClient(to: proxy.port)) == nil }
        try proxy.reload(text)
        #expect(try client.exchange(pattern(200_000)))
        #expect((try? RawClient(to: proxy.port)) == nil)
        try client.close()
        let outcome = try proxy.program.finish()
        #expect(outcome.status == 0 && !outcome.errors.contains(" reloaded "))
    }

    @Test(.needs(.curl)) func `those who watch see that it drains`() throws {
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address)
        text.admin = "127.0.0.1:\(try RawServer.unusedPort())"
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange())
        #expect(try proxy.ask("/readyz", at: text.admin ?? "").status == 200)
        proxy.program.signal(SIGTERM)
        _ = try proxy.log("draining")
        let readiness = try proxy.ask("/readyz", at: text.admin ?? "")
        #expect(readiness.status == 503 && readiness.text.contains("draining"))
        #expect(try proxy.ask("/healthz", at: text.admin ?? "").status == 200)
        try client.close()
        #expect(try proxy.program.finish().status == 0)
    }

    @Test func `what isn't finished in the drain time is ended`() throws {
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address)
        text.rest = ["timeouts: {drain: 300ms}"]
        let proxy = try ConfiguredProxy(text)
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange())
        proxy.program.signal(SIGTERM)
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
        let outcome = try proxy.program.finish()
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("end=shut_down"))
    }

    @Test(arguments: [SIGTERM, SIGINT]) func `a second signal is the word not to wait`(second: Int32) throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address))
        let client = try TLSClient(to: proxy.port)
        #expect(try client.exchange())
        proxy.program.signal(SIGTERM)
        _ = try proxy.log("draining")
        // The word counts from the moment that it is listened for.
        try eventually {
            proxy.program.signal(second)
            return proxy.program.hasEnded(within: .milliseconds(50))
        }
        #expect(try proxy.program.finish().status == 0)
        #expect(tlsFailure { _ = try client.next() }?.code == .truncated)
    }
}
