import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// Clients that mean harm, or don't know TLS, at `sluice proxy`.
struct HostileClientTests {
    @Test(arguments: [
        (Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), PlainAlert.unexpectedMessage),
        (Array("SSH-2.0-OpenSSH_9.2\r\n".utf8), PlainAlert.unexpectedMessage),
        ([UInt8](repeating: 0, count: 100), PlainAlert.unexpectedMessage),
        // A ClientHello of 64 KiB, of which a record's worth comes.
        ([22, 3, 1, 64, 0, 1, 1, 0, 0] + [UInt8](repeating: 3, count: 16_380), PlainAlert.handshakeFailure),
    ])
    func `what is no ClientHello, or too large a one, gets an alert`(bytes: [UInt8], alert: [UInt8]) throws {
        let proxy = try ConfiguredProxy(ProxyText(to: "127.0.0.1:1"))
        do {
            let client = try RawClient(to: proxy.port)
            try client.send(bytes)
            #expect(try client.rest() == alert)
        }
        #expect(try proxy.log("end=not_tls")[0].contains("side=client"))
    }

    @Test func `a ClientHello of a byte now and then is cut short`() throws {
        var text = ProxyText(to: "127.0.0.1:1")
        text.rest = ["timeouts: {handshake: 500ms}"]
        let proxy = try ConfiguredProxy(text)
        let client = try RawClient(to: proxy.port)
        for byte in [22, 3, 1, 2, 0, 1, 0, 1, 252] as [UInt8] where !client.hasInput {
            try client.send([byte])
            _ = Mailbox<Void>().wait(within: .milliseconds(100))
        }
        #expect(try client.rest() == PlainAlert.internalError)
        #expect(try proxy.log("end=handshake_timeout")[0].contains("side=client"))
    }

    @Test func `a client that vanishes leaves nothing behind`() throws {
        let echo = try PlainUpstream.echo()
        let proxy = try ConfiguredProxy(ProxyText(to: echo.address))
        #expect(try TLSClient(to: proxy.port).exchange())
        _ = try proxy.log(" connection ")
        let before = proxy.descriptorCount
        for isReset in [false, true] {
            let client = try RawClient(to: proxy.port)
            try client.send([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3])
            if isReset { client.resetWhenClosed() }
        }
        #expect(try proxy.log("end=connection_lost", times: 2).allSatisfy { $0.contains("side=client") })
        try eventually { proxy.descriptorCount <= before }
        #expect(echo.peerCount == 1)
    }

    /// 2,000 of them with SLUICE_TEST_FULL=1.
    @Test func `clients that never send cost little, and not for long`() throws {
        let count = isFullRun ? 2000 : 300
        let echo = try PlainUpstream.echo()
        var text = ProxyText(to: echo.address)
        text.rest = ["timeouts: {handshake: 2s}", "log: {level: notice}"]
        let proxy = try ConfiguredProxy(text)
        #expect(try TLSClient(to: proxy.port).exchange())
        let before = (bytes: proxy.residentBytes, descriptors: proxy.descriptorCount)
        let clients = try (0..<count).map { _ in try RawClient(to: proxy.port) }
        #expect(try TLSClient(to: proxy.port).exchange())
        let perClient = (proxy.residentBytes - before.bytes) / count
        #expect(perClient < 16_384, "\(perClient) bytes for each")
        #expect(try clients[count - 1].rest() == PlainAlert.internalError)
        try eventually { proxy.descriptorCount <= before.descriptors + count / 10 }
        #expect(try TLSClient(to: proxy.port).exchange())
    }
}

/// Whether tests do all of what they otherwise do a smaller part of.
let isFullRun = ProcessInfo.processInfo.environment["SLUICE_TEST_FULL"] == "1"
