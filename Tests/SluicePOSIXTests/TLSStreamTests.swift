import Fixtures
import Sluice
import SluicePOSIX
import Testing

struct TLSStreamTests {
    @Test(arguments: TLSVersion.allCases)
    func `megabytes go both ways at once through buffers of a few kilobytes`(version: TLSVersion) throws {
        var pair = try StreamPair(version, over: .sockets())
        let (up, down) = (pattern(3_000_000), Array(pattern(3_000_000).reversed()))
        var (sentUp, sentDown) = (0, 0)
        var (gotUp, gotDown): ([UInt8], [UInt8]) = ([], [])
        while gotUp.count < up.count || gotDown.count < down.count {
            var isMoved = try pair.client.pump()
            if try pair.server.pump() { isMoved = true }
            let counts = (sentUp + sentDown, gotUp.count + gotDown.count)
            sentUp += try pair.client.engine.write(Array(up[sentUp...].prefix(20_000)))
            sentDown += try pair.server.engine.write(Array(down[sentDown...].prefix(20_000)))
            gotUp += try pair.server.engine.read()
            gotDown += try pair.client.engine.read()
            isMoved = isMoved || counts != (sentUp + sentDown, gotUp.count + gotDown.count)
            try #require(isMoved, "nothing moves any more")
        }
        #expect(gotUp == up && gotDown == down)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the calls that wait do a whole conversation`(version: TLSVersion) throws {
        let pair = try ConnectedDescriptors.tcp()
        let box = StreamBox(TLSStream(try makeServer(), over: pair.far))
        let server = Background { try box.echoUntilClosed() }
        var client = TLSStream(try makeClient(version), over: pair.near)
        #expect(try client.handshake(by: .soon))
        let bytes = pattern(300_000)
        var echoed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 50_000) {
            try client.write(Array(bytes[start..<start + 50_000]), by: .soon)
            while echoed.count < start + 50_000 { echoed += try client.read(by: .soon) }
        }
        #expect(echoed == bytes)
        try client.close(by: .soon)
        #expect(try client.read(by: .soon).isEmpty)
        #expect(client.engine.state == .closed)
        client.finish(by: .soon)
        #expect(try server.value() == bytes.count)
    }

    @Test func `bytes go from the kernel into the ring and back with nothing in between`() throws {
        let pair = try ConnectedDescriptors.sockets()
        var near = DescriptorPair(pair.near)
        var far = DescriptorPair(pair.far)
        var client = try makeClient()
        var server = try makeServer()
        let hello = client.drainableByteCount
        #expect(try client.send(to: &near) == .moved(hello))
        #expect(try client.send(to: &near) == .moved(0))
        #expect(try server.receive(from: &far) == .moved(hello))
        #expect(try server.receive(from: &far) == .blocked)
        #expect(server.drainableByteCount > 500)
        let interests = TLSStream(server, over: far).interests
        #expect(interests == [.readable, .writable])
    }

    @Test func `spans do as well as arrays`() throws {
        var pair = try StreamPair(over: .sockets())
        try pair.settle()
        let bytes = pattern(100)
        try pair.client.write(bytes.span.bytes, by: .soon)
        let read = try [UInt8](unsafeUninitializedCapacity: 200) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var output = OutputRawSpan(buffer: raw, initializedCount: 0)
            let readCount = try pair.server.read(into: &output, by: .soon)
            #expect(readCount == 100)
            count = output.finalize(for: raw)
        }
        #expect(read == bytes)
    }

    @Test func `a peer that never answers is given up at the deadline`() throws {
        let pair = try ConnectedDescriptors.sockets()
        let far = pair.far
        var client = TLSStream(try makeClient(), over: pair.near)
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .after(.milliseconds(20))) }
        #expect(error?.transport?.code == .deadlinePassed)
        #expect(isOpen(far.number))
    }

    @Test func `reading what never comes is given up at the deadline`() throws {
        var pair = try StreamPair(over: .sockets())
        try pair.settle()
        let error = #expect(throws: TLSStreamError.self) { _ = try pair.client.read(by: .after(.milliseconds(20))) }
        #expect(error?.transport?.code == .deadlinePassed)
        // The connection is as good as before.
        try pair.server.write([1], by: .soon)
        #expect(try pair.client.read(by: .soon) == [1])
    }

    @Test func `writing to a peer that never reads is given up at the deadline`() throws {
        var pair = try StreamPair(over: .sockets())
        try pair.settle()
        let bytes = pattern(1_000_000)
        let error = #expect(throws: TLSStreamError.self) {
            try pair.client.write(bytes, by: .after(.milliseconds(50)))
        }
        #expect(error?.transport?.code == .deadlinePassed)
    }

    @Test func `an end without close_notify is truncation, behind what came before`() throws {
        var pair = try StreamPair(over: .sockets())
        try pair.settle()
        try pair.server.write([1, 2], by: .soon)
        pair.server.finishSendingCiphertext()
        #expect(try pair.client.read(by: .soon) == [1, 2])
        let error = #expect(throws: TLSStreamError.self) { _ = try pair.client.read(by: .soon) }
        #expect(error?.tls?.code == .truncated)
    }

    @Test func `an end in the handshake is truncation that says so`() throws {
        let pair = try ConnectedDescriptors.sockets()
        var client = TLSStream(try makeClient(), over: pair.near)
        pair.far.finishSending()
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .soon) }
        #expect(error?.tls?.code == .truncated && error?.tls?.isDuringHandshake == true)
    }

    @Test func `a reset is a transport failure`() throws {
        let pair = try ConnectedDescriptors.tcp()
        var client = TLSStream(try makeClient(), over: pair.near)
        _ = try client.pump()
        resetOnClose(pair.far)
        drop(pair.far)
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .soon) }
        #expect(error?.transport?.code == .connectionReset)
    }

    @Test func `each end may close first, and the other goes on until it does`() throws {
        var pair = try StreamPair(over: .sockets())
        try pair.settle()
        try pair.client.close(by: .soon)
        #expect(try pair.server.read(by: .soon).isEmpty)
        try pair.server.write([5], by: .soon)
        #expect(try pair.client.read(by: .soon) == [5])
        try pair.server.close(by: .soon)
        #expect(try pair.client.read(by: .soon).isEmpty)
        #expect(pair.client.engine.state == .closed && pair.server.engine.state == .closed)
    }

    @Test func `a refused peer gets its alert, though it goes on sending`() throws {
        let pair = try ConnectedDescriptors.tcp()
        let box = StreamBox(TLSStream(try makeServer(), over: pair.far))
        let server = Background { try box.handshakeThenFailure() }
        var client = TLSStream(try makeClient(trusting: Fixtures.stranger), over: pair.near)
        let error = #expect(throws: TLSStreamError.self) { try client.handshake(by: .soon) }
        #expect(error?.tls?.code == .verificationFailed)
        client.finish(by: .soon)
        #expect(try server.value().alert?.description == .unknownCA)
    }

    private func drop(_ descriptor: consuming Descriptor) {}
}
