import Foundation
import Sluice
import SluicePOSIX
import Testing

/// What carries bytes, each kind with TLS over it.
struct TransportTests {
    @Test func `TLS goes through two pipes`() throws {
        let pair = try ConnectedPipes()
        try converse(near: pair.near, far: pair.far)
    }

    @Test func `TLS goes over a pseudo-terminal`() throws {
        let pair = try ConnectedTerminal()
        try converse(near: pair.controller, far: pair.line)
    }

    @Test func `TLS goes over a Unix socket`() throws {
        let directory = try TemporaryDirectory()
        let listener = try SocketListener(path: directory.path("socket"))
        let near = try UnixSocket.connect(to: directory.path("socket"), by: .soon)
        let far = try listener.acceptSoon()
        #expect(far.address.description == "a local process")
        #expect(listener.address.description == directory.path("socket"))
        try converse(near: near, far: far.takeDescriptor())
    }

    @Test func `TLS goes through a program's standard streams and two FIFOs`() throws {
        let directory = try TemporaryDirectory()
        let (up, down) = (directory.path("up"), directory.path("down"))
        for path in [up, down] { try #require(mkfifo(path, 0o600) == 0) }
        let program = try ChildProcess(shell: "cat '\(down)' & exec cat > '\(up)'")
        // Opening a FIFO waits for the other end.
        let far = DescriptorPair(
            input: try Descriptor(owning: open(up, O_RDONLY)),
            output: try Descriptor(owning: open(down, O_WRONLY))
        )
        try converse(near: program, far: far)
    }

    @Test func `TLS goes through TLS through TLS`() throws {
        let pair = try ConnectedDescriptors.tcp()
        let box = StreamBox(
            TLSStream(
                try makeServer(),
                over: TLSStream(try makeServer(), over: TLSStream(try makeServer(), over: pair.far))
            )
        )
        let server = Background { try box.echoUntilClosed() }
        let outer = TLSStream(try makeClient(.tls12), over: pair.near)
        var client = TLSStream(try makeClient(), over: TLSStream(try makeClient(), over: outer))
        try expectEcho(of: pattern(300_000), from: &client)
        #expect(try server.value() == 300_000)
    }

    @Test func `what the tunnel's end says ends what goes through it`() throws {
        let pair = try ConnectedDescriptors.tcp()
        var outerServer = TLSStream(try makeServer(), over: pair.far)
        var client = TLSStream(try makeClient(), over: TLSStream(try makeClient(), over: pair.near))
        while try client.pump() || outerServer.pump() {}
        let hello = try outerServer.read(by: .soon)
        #expect(hello.starts(with: [22, 3, 1]))
        try outerServer.close(by: .soon)
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .soon) }
        guard case .tls(let tls)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(tls.code == .truncated)
    }

    @Test func `a tunnel that is cut off says that it was the tunnel`() throws {
        let pair = try ConnectedDescriptors.tcp()
        var outerServer = TLSStream(try makeServer(), over: pair.far)
        var client = TLSStream(try makeClient(), over: TLSStream(try makeClient(), over: pair.near))
        while try client.pump() || outerServer.pump() {}
        outerServer.finishSendingCiphertext()
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .soon) }
        #expect(error?.transport?.code == .tunnelFailed)
    }

    private func converse<Near: ByteTransport & ~Copyable, Far: ByteTransport & ~Copyable>(
        near: consuming Near,
        far: consuming Far
    ) throws {
        let box = StreamBox(TLSStream(try makeServer(), over: far))
        let server = Background { try box.echoUntilClosed() }
        var client = TLSStream(try makeClient(), over: near)
        try expectEcho(of: pattern(100_000), from: &client)
        #expect(try server.value() == 100_000)
    }

    private func expectEcho<Transport: ByteTransport & ~Copyable>(
        of bytes: [UInt8],
        from client: inout TLSStream<Transport>
    ) throws {
        try client.handshake(by: .soon)
        var echoed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 20_000) {
            try client.write(Array(bytes[start..<min(bytes.count, start + 20_000)]), by: .soon)
            while echoed.count < min(bytes.count, start + 20_000) { echoed += try client.read(by: .soon) }
        }
        #expect(echoed == bytes)
        try client.close(by: .soon)
        let rest = try client.read(by: .soon)
        #expect(rest.isEmpty)
        client.finish(by: .soon)
    }
}
