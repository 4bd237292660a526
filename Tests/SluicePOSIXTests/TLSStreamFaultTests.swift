import Foundation
import Sluice
import SluicePOSIX
import Testing

/// A peer, or what carries its bytes, that does its worst.
struct TLSStreamFaultTests {
    @Test(arguments: TLSVersion.allCases)
    func `a reset doesn't hide what came before it`(version: TLSVersion) throws {
        var pair = try StreamPair(version, over: .tcp())
        try pair.settle()
        try pair.server.engine.write(pattern(100))
        while try pair.server.pump() {}
        let client = StreamBox(try Self.reset(pair))
        let (answer, failure) = try client.readTwice()
        #expect(answer == pattern(100))
        #expect(failure?.transport?.code == .connectionReset)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a peer that keeps the line busy doesn't keep a reader beyond its deadline`() throws {
        let pair = try ConnectedDescriptors.tcp()
        let box = StreamBox(TLSStream(try makeServer(), over: pair.far))
        let flood = Background { try box.floodWithKeyUpdates() }
        var client = TLSStream(try makeClient(), over: pair.near)
        try client.handshake(by: .soon)
        let error = #expect(throws: TLSStreamError.self) { try client.read(by: .after(.milliseconds(100))) }
        #expect(error?.transport?.code == .deadlinePassed)
        _ = consume client
        #expect(try flood.value() > 0)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a tunnel that is kept busy doesn't keep what goes through it beyond its deadline`() throws {
        let pair = try ConnectedDescriptors.tcp()
        let box = StreamBox(TLSStream(try makeServer(), over: pair.far))
        let flood = Background { try box.floodWithKeyUpdates() }
        var tunnel = TLSStream(try makeClient(), over: pair.near)
        try tunnel.handshake(by: .soon)
        var client = TLSStream(try makeClient(), over: tunnel)
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .after(.milliseconds(100))) }
        #expect(error?.transport?.code == .deadlinePassed)
        _ = consume client
        #expect(try flood.value() > 0)
    }

    @Test func `a poll doesn't wait for bytes that have left their descriptor`() throws {
        let pair = try ConnectedDescriptors.sockets()
        var clientEngine = try makeClient()
        var serverEngine = try makeServer()
        while !clientEngine.isEstablished || !serverEngine.isEstablished {
            try serverEngine.feed(clientEngine.drain())
            try clientEngine.feed(serverEngine.drain())
        }
        var (sent, rest): ([UInt8], [UInt8]) = ([], pattern(60_000))
        while !rest.isEmpty {
            rest.removeFirst(try clientEngine.write(rest))
            sent += clientEngine.drain()
        }
        var server = TLSStream(serverEngine, over: pair.far, adopting: sent)
        var received: [UInt8] = []
        // As the documentation says: pump when the poll says so, and read in between.
        while received.count < 60_000 {
            var poll = Poll()
            server.addInterests(to: &poll)
            let isInTime = try waits(&poll, lessThan: .seconds(20))
            try #require(isInTime)
            try server.pump()
            while case let bytes = try server.engine.read(), !bytes.isEmpty { received += bytes }
        }
        let isSame = received == pattern(60_000)
        #expect(isSame)
    }

    private func waits(_ poll: inout Poll, lessThan limit: Duration) throws -> Bool {
        let deadline = Deadline.after(limit)
        try poll.wait(until: deadline)
        return !deadline.isPassed
    }

    /// Resets the connection from the server's end.
    private static func reset(_ pair: consuming StreamPair) throws -> TLSStream<Descriptor> {
        resetOnClose(pair.server.transport)
        return pair.client
    }
}

/// A Unix socket whose owner is busy.
struct BusySocketTests {
    @Test func `a socket whose owner has no room for another peer is not taken over`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        let listener = try SocketListener(path: path)
        // One waits to be accepted, at the most.
        listen(listener.descriptor.number, 0)
        let first = try UnixSocket.connect(to: path, by: .soon)
        let error = #expect(throws: TransportError.self) {
            while true { Leaked.keep(try UnixSocket.connect(to: path, by: .after(.milliseconds(20)))) }
        }
        #expect(error?.code == .deadlinePassed)
        let refusal = #expect(throws: TransportError.self) { _ = try SocketListener(path: path) }
        #expect(refusal?.code == .addressInUse)
        let isServed = try listener.accept() != nil
        #expect(isServed)
        _ = consume first
    }
}

/// A Unix socket's file.
struct SocketFileTests {
    @Test func `what has taken the place of a listener's socket stays`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        do {
            let listener = try SocketListener(path: path)
            unlink(path)
            #expect(FileManager.default.createFile(atPath: path, contents: Data([1])))
            _ = consume listener
        }
        #expect(FileManager.default.contents(atPath: path) == Data([1]))
    }
}

/// Descriptors that stay open for the rest of the tests.
private enum Leaked {
    static func keep(_ descriptor: consuming Descriptor) {
        _ = dup(descriptor.number)
    }
}
