import Fixtures
import Foundation
import SluicePOSIX
import Testing

/// Clients that take their time over the last bytes of a connection.
struct SlowReaderTests {
    /// More than the kernel keeps for a connection on this machine.
    private let answer = pattern(12_000_000)

    /// A server without TLS that answers when its client has ended, then ends itself.
    private func lateServer() throws -> PlainUpstream {
        let answer = answer
        return try PlainUpstream { peer in
            while try !peer.waitAndRead(within: .seconds(60)).isEmpty {}
            try peer.waitAndWrite(answer)
        }
    }

    @Test func `who has ended gets all of an answer, however slowly`() throws {
        let server = try lateServer()
        let inner = try ConfiguredProxy(ProxyText(to: server.address))
        var text = ProxyText(to: "127.0.0.1:\(inner.port)")
        text.mode = "originate"
        text.listeners = ["{address: \"127.0.0.1:0\", entrance: plaintext}"]
        // Longer than the proxy lingers over a peer that takes nothing, altogether.
        text.rest = ["timeouts: {linger: 100ms}"]
        let proxy = try ConfiguredProxy(text.trustingRoot)
        let client = try RawClient(to: proxy.port)
        try client.send(Array("go".utf8))
        client.finishSending()
        let received = try client.slowRest(pause: .milliseconds(2))
        let isWhole = received == answer
        #expect(isWhole, "\(received.count) bytes")
        #expect(try proxy.log(" connection ")[0].contains("end=completed"))
    }

    @Test func `a client with TLS gets all of it before the proxy stops`() throws {
        let answer = answer
        let server = try PlainUpstream { peer in
            _ = try peer.waitAndRead(within: .seconds(60))
            try peer.waitAndWrite(answer)
        }
        let proxy = try ConfiguredProxy(ProxyText(to: server.address))
        let client = try TLSClient(to: proxy.port)
        try client.send("go")
        let first = try client.receive(1000)
        proxy.program.signal(SIGTERM)
        _ = try proxy.log("draining")
        let rest = try client.rest()
        let isWhole = first + rest == answer
        #expect(isWhole, "\(first.count + rest.count) bytes")
        try client.close()
        #expect(try proxy.program.finish().status == 0)
    }
}

extension Descriptor {
    /// Writes all of it, to a peer that takes it slowly.
    fileprivate borrowing func waitAndWrite(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            var poll = Poll()
            poll.add(number, for: .writable)
            try poll.wait(until: .after(.seconds(20)))
            if case .moved(let count) = try write(rest) { rest = rest.dropFirst(count) }
        }
    }
}

extension RawClient {
    /// Everything until the end, a piece at a time with a pause between two.
    fileprivate func slowRest(pause: Duration) throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try next()
            if bytes.isEmpty { return all }
            all += bytes
            // The pause is what this is about.
            Thread.sleep(forTimeInterval: Double(pause.components.attoseconds) / 1e18)
        }
    }
}
