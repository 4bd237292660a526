import Sluice
import SluiceAsync
import Testing

/// Out of TLS and back, over one transport.
@Suite(.timeLimit(.minutes(10)))
struct UnwrapTests {
    @Test(arguments: TLSVersion.allCases, [1, 64 * 1024])
    func `an exact transport keeps every byte behind close_notify`(version: TLSVersion, capacity: Int) async throws {
        let (near, far) = InMemoryTransport.pair(capacity: capacity)
        let (client, server) = (try makeClient(version), try makeServer())
        let plain = Array("plain again".utf8)
        async let served: [UInt8] = {
            let leftover = try await withPatientTLS(TLSEngine(server), over: far) { stream in
                #expect(try await stream.readToEnd() == [1])
                return try await stream.unwrap()
            }
            #expect(leftover.isEmpty)
            return try await far.receive(exactly: plain.count)
        }()
        let leftover = try await withPatientTLS(TLSEngine(client), over: near) { stream in
            try await stream.write([1])
            return try await stream.unwrap()
        }
        #expect(leftover.isEmpty)
        try await near.send(plain)
        #expect(try await served == plain)
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring], [false, true])
    func `what came too early is in the leftover or still in the transport`(
        appetite: AsyncTLSAppetite,
        isChunked: Bool
    ) async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 100_000)
        let server = try makeServer()
        let plain = pattern(40_000)
        let isSent = Gate()
        let serve: @Sendable (AsyncTLSStream) async throws -> [UInt8] = { stream in
            try await isSent.pass()
            #expect(try await stream.readToEnd() == pattern(30_000))
            return try await stream.unwrap()
        }
        async let served: [UInt8] = {
            let leftover =
                isChunked
                ? try await withPatientTLS(TLSEngine(server), over: ChunkTransport(far), appetite: appetite, serve)
                : try await withPatientTLS(TLSEngine(server), over: far, appetite: appetite, serve)
            if appetite == .exact, !isChunked { #expect(leftover.isEmpty) }
            if appetite == .ring || isChunked { #expect(!leftover.isEmpty) }
            return leftover + (try await far.receive(exactly: plain.count - leftover.count))
        }()
        try await talk(pattern(30_000), thenInTheClear: plain, over: near)
        isSent.open()
        #expect(try await served == plain)
    }

    /// A client that goes on in the clear without waiting for the other's close_notify, all in one chunk.
    private func talk(
        _ secret: [UInt8],
        thenInTheClear plain: [UInt8],
        over transport: InMemoryTransport
    ) async throws {
        var engine = try TLSEngine(makeClient())
        while !engine.isEstablished {
            let flight = engine.drain()
            if !flight.isEmpty { try await transport.send(flight) }
            guard case .ciphertext(let count) = engine.needs else { continue }
            try await engine.feed(transport.receive(atMost: count))
        }
        var last = engine.drain()
        var rest = secret[...]
        while !rest.isEmpty {
            rest = rest.dropFirst(try engine.write(Array(rest)))
            last += engine.drain()
        }
        try engine.close()
        try await transport.send(last + engine.drain() + plain)
    }

    @Test func `TLS begins again on a transport that was given back`() async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 1000)
        let (client, server) = (try makeClient(), try makeServer())
        let rounds = 3
        async let served: [[UInt8]] = {
            var received: [[UInt8]] = []
            var early: [UInt8] = []
            for _ in 0..<rounds {
                let transport = ChunkTransport(far)
                (early, received) = try await withPatientTLS(TLSEngine(server), over: transport, alreadyReceived: early)
                {
                    [received] stream in
                    let bytes = try await stream.readToEnd()
                    return (try await stream.unwrap(), received + [bytes])
                }
            }
            return received
        }()
        for round in 0..<rounds {
            let early = try await withPatientTLS(TLSEngine(client), over: near) { stream in
                try await stream.write(pattern(5000, seed: UInt32(round)))
                return try await stream.unwrap()
            }
            #expect(early.isEmpty)
        }
        #expect(try await served == (0..<rounds).map { pattern(5000, seed: UInt32($0)) })
    }

    @Test func `plaintext that wasn't read is no leftover, and isn't lost`() async throws {
        let (received, _) = try await converse { stream in
            let error = await failure { _ = try await stream.unwrap() }
            #expect((error as? AsyncTLSError)?.code == .plaintextUnread)
            let bytes = try await stream.readToEnd()
            #expect(try await stream.unwrap().isEmpty)
            return bytes
        } server: { stream in
            try await stream.write([1, 2, 3])
            #expect(try await stream.readToEnd().isEmpty)
            try await stream.write([4])
        }
        #expect(received == [1, 2, 3, 4])
    }

    @Test func `bytes that came before TLS begin it`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        var engine = try TLSEngine(client)
        let hello = engine.drain()
        async let served = withPatientTLS(TLSEngine(server), over: far, alreadyReceived: hello) {
            try await $0.readToEnd()
        }
        try await withPatientTLS(engine, over: near) { stream in try await stream.write([8]) }
        #expect(try await served == [8])
    }
}

extension InMemoryTransport {
    /// Exactly so many bytes, or fewer at the end.
    func receive(exactly count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try await receive(atMost: count - bytes.count)
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}
