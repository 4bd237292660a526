import Foundation
import Sluice
import SluicePOSIX
import Testing

/// From plaintext to TLS and back, on one transport.
struct UpgradeTests {
    @Test(arguments: [0, 1, 5, 100, 100_000])
    func `bytes that were read before are the engine's`(count: Int) throws {
        let pair = try ConnectedDescriptors.sockets()
        var clientEngine = try makeClient()
        let hello = clientEngine.drain()
        // More than the ring has room for is an unlikely gift, and still none of it is lost.
        let box = StreamBox(TLSStream(try makeServer(), over: pair.far, adopting: Array(hello.prefix(count))))
        let server = Background { try box.echoUntilClosed() }
        var client = TLSStream(clientEngine, over: pair.near, adopting: [])
        if count < hello.count { _ = try client.transport.write(hello[count...]) }
        try client.handshake(by: .soon)
        try client.write([1, 2, 3], by: .soon)
        let echo = try client.read(by: .soon)
        #expect(echo == [1, 2, 3])
        try client.close(by: .soon)
        client.finish(by: .soon)
        #expect(try server.value() == 3)
    }

    @Test func `adopted bytes beyond the ring's room are kept until there is room`() throws {
        let pair = try ConnectedDescriptors.sockets()
        var (sent, text): ([UInt8], [UInt8]) = ([], pattern(60_000))
        var clientEngine = try makeClient()
        var serverEngine = try makeServer()
        while !clientEngine.isEstablished || !serverEngine.isEstablished {
            try serverEngine.feed(clientEngine.drain())
            try clientEngine.feed(serverEngine.drain())
        }
        while !text.isEmpty {
            text.removeFirst(try clientEngine.write(text))
            sent += clientEngine.drain()
        }
        var server = TLSStream(serverEngine, over: pair.far, adopting: sent)
        var received: [UInt8] = []
        while received.count < 60_000 { received += try server.read(by: .soon) }
        #expect(received == pattern(60_000))
    }

    @Test(arguments: TLSVersion.allCases)
    func `after TLS has closed the protocol goes on in plaintext`(version: TLSVersion) throws {
        var pair = try StreamPair(version, over: .sockets())
        try pair.settle()
        try pair.client.engine.write([1])
        try pair.client.engine.close()
        let sent = pair.client.engine.drain()
        #expect(sent.count > 2)
        // The plaintext comes in one piece with close_notify.
        _ = try pair.client.transport.write((sent + [65, 66])[...])
        let read = try pair.server.read(by: .soon)
        #expect(read == [1])
        let end = try pair.server.read(by: .soon)
        #expect(end.isEmpty)
        try pair.server.close(by: .soon)
        let unwrapped = pair.server.unwrap()
        #expect(unwrapped.leftover == [65, 66])
        _ = try pair.client.transport.write([67])
        let more = try unwrapped.transport.read(atMost: 10).1
        #expect(more == [67])
    }

    @Test func `writing to a pipe that nobody reads is an error and no signal`() throws {
        let pair = try ConnectedPipes()
        _ = consume pair
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let sender = try Descriptor(owning: ends[1])
        let error = #expect(throws: TransportError.self) { _ = try sender.write([1]) }
        #expect(error?.code == .connectionReset)
        // The signal isn't left behind either.
        var pending = sigset_t()
        sigpending(&pending)
        #expect(sigismember(&pending, SIGPIPE) == 0)
    }

    @Test func `an inherited descriptor waits again when it is let go`() throws {
        var ends: [CInt] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let other = dup(ends[0])
        do {
            let descriptor = try Descriptor(inherited: ends[0])
            #expect(fcntl(descriptor.number, F_GETFL) & O_NONBLOCK != 0)
        }
        #expect(fcntl(other, F_GETFL) & O_NONBLOCK == 0)
        close(other)
        close(ends[1])
    }
}
