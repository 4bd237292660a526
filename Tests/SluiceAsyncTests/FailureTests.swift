import Fixtures
import Sluice
import SluiceAsync
import Testing

/// Connections that end badly: who gets to know what.
@Suite(.timeLimit(.minutes(10)))
struct FailureTests {
    @Test func `a handshake that fails tells the peer why before it throws`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let client = try makeClient { $0.verification = .roots(try .pem(Fixtures.stranger)) }
        let server = try makeServer()
        async let serverEnd = failure {
            try await withPatientTLS(TLSEngine(server), over: far) { try await $0.readToEnd() }
        }
        let clientEnd = await failure { try await withPatientTLS(TLSEngine(client), over: near) { _ in } }
        #expect((clientEnd as? TLSError)?.code == .verificationFailed)
        let alert = TLSError.Alert(.unknownCA, sentBy: .peer)
        #expect(await (serverEnd as? TLSError)?.alert == alert)
    }

    @Test(arguments: 0..<12)
    func `a peer that vanishes in the handshake is truncation`(bytes: Int) async throws {
        let (near, far) = InMemoryTransport.pair()
        let client = try makeClient()
        async let end = failure { try await withPatientTLS(TLSEngine(client), over: near) { _ in } }
        let hello: [UInt8] = [22, 3, 3, 0, 122, 2, 0, 0, 118, 3, 3, 0]
        if bytes > 0 { try await far.send(Array(hello.prefix(bytes))) }
        // The ClientHello's first byte: the client has begun.
        _ = try await far.receive(atMost: 1)
        await far.close()
        let error = try #require(await end as? TLSError)
        #expect(error.code == .truncated)
        #expect(error.isDuringHandshake)
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring], [1, 4, 5, 6, 100, 1000])
    func `a peer that vanishes in a record is truncation, after what came before`(
        appetite: AsyncTLSAppetite,
        cut: Int
    ) async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer { $0.sessions.ticketCount = 0 })
        async let read: (bytes: [UInt8], error: (any Error)?) = withPatientTLS(
            TLSEngine(client),
            over: near,
            appetite: appetite
        ) { stream in
            var bytes: [UInt8] = []
            do {
                for try await piece in stream.plaintext { bytes += piece }
                return (bytes, nil)
            } catch {
                return (bytes, error)
            }
        }
        var engine = try TLSEngine(server)
        while !engine.isEstablished {
            try await engine.feed(far.receive(atMost: engine.feedableByteCount))
            let flight = engine.drain()
            if !flight.isEmpty { try await far.send(flight) }
        }
        try engine.write(pattern(2000))
        try await far.send(engine.drain())
        try engine.write(pattern(2000))
        try await far.send(engine.drain(atMost: cut))
        await far.close()
        let (bytes, error) = try await read
        #expect(bytes == pattern(2000))
        #expect((error as? TLSError)?.code == .truncated)
        #expect((error as? TLSError)?.isDuringHandshake == false)
    }

    @Test func `bytes that aren't TLS get an alert and end the handshake`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let server = try makeServer()
        async let end = failure { try await withPatientTLS(TLSEngine(server), over: far) { _ in } }
        try await near.send(Array("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n".utf8))
        let answer = try await near.receive(atMost: 100)
        #expect(answer.first == 21 || answer.isEmpty)
        #expect((await end as? TLSError)?.code == .notTLS)
    }

    @Test func `what a transport throws in the handshake is thrown as it is`() async throws {
        let (near, _) = InMemoryTransport.pair()
        let client = try makeClient()
        let transport = FaultyTransport(near, receives: 0)
        let end = await failure { try await withPatientTLS(TLSEngine(client), over: transport) { _ in } }
        #expect(end as? Broken == Broken(words: "receive"))
    }

    @Test func `a transport that fails to receive is thrown to who reads, not to who writes`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        let transport = FaultyTransport(near)
        let (isCut, isSent) = (Gate(), Gate())
        async let served = withPatientTLS(TLSEngine(server), over: far) { stream in
            try await stream.write([1, 2, 3])
            try await isCut.pass()
            try await stream.write([4])
            try await stream.flush()
            isSent.open()
            return try await stream.readToEnd()
        }
        try await withPatientTLS(TLSEngine(client), over: transport) { stream in
            #expect(try await stream.read(exactly: 3) == [1, 2, 3])
            transport.allow(receives: 0)
            isCut.open()
            // A receive that is under way gets what it waits for; the next one fails.
            #expect(await failure { try await stream.readToEnd() } as? Broken == Broken(words: "receive"))
            try await isSent.pass()
            try await stream.write([5])
        }
        #expect(try await served == [5])
    }

    @Test func `a transport that fails to send is thrown to who writes and flushes, and reading goes on`() async throws
    {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        let transport = FaultyTransport(near)
        let isCut = Gate()
        async let serverEnd = failure {
            try await withPatientTLS(TLSEngine(server), over: far) { stream in
                try await isCut.pass()
                try await stream.write([1, 2, 3])
                _ = try await stream.readToEnd()
            }
        }
        let clientEnd = await failure {
            try await withPatientTLS(TLSEngine(client), over: transport) { stream in
                try await stream.write([0])
                try await stream.flush()
                transport.allow(sends: 0)
                try await stream.write([1])
                #expect(await failure { try await stream.flush() } as? Broken == Broken(words: "send"))
                #expect(await failure { try await stream.write([2]) } as? Broken == Broken(words: "send"))
                #expect(await failure { try await stream.close() } as? Broken == Broken(words: "send"))
                isCut.open()
                #expect(try await stream.read(exactly: 3) == [1, 2, 3])
            }
        }
        // The body returned, but what it wrote was lost.
        #expect(clientEnd as? Broken == Broken(words: "send"))
        #expect((await serverEnd as? TLSError)?.code == .truncated)
    }

    @Test func `a body that throws sends what it wrote, no close_notify, and its error is thrown`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        async let served = withPatientTLS(TLSEngine(server), over: far) { stream in
            let bytes = try await stream.read()
            return (bytes, await failure { _ = try await stream.read() })
        }
        let end = await failure {
            try await withPatientTLS(TLSEngine(client), over: near) { stream in
                try await stream.write([5])
                throw Broken(words: "mine")
            }
        }
        #expect(end as? Broken == Broken(words: "mine"))
        let (bytes, serverEnd) = try await served
        #expect(bytes == [5])
        #expect((serverEnd as? TLSError)?.code == .truncated)
        await #expect(throws: AsyncTLSError.self) { try await near.send([1]) }
    }

    @Test func `a peer that ended with an alert explains why writing fails`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let server = try makeServer { server in
            server.clientAuthentication = .required(.roots(try .pem(Fixtures.root)))
        }
        let client = try makeClient()
        async let serverEnd = failure { try await withPatientTLS(TLSEngine(server), over: far) { _ in } }
        let end = await failure {
            try await withPatientTLS(TLSEngine(client), over: near) { stream in
                _ = await failure { _ = try await stream.read() }
                try await stream.write([1])
            }
        }
        #expect((end as? TLSError)?.alert == TLSError.Alert(.certificateRequired, sentBy: .peer))
        #expect((await serverEnd as? TLSError)?.code == .verificationFailed)
    }

    @Test func `a chunk beyond all bounds is the transport's fault`() async throws {
        let transport = FixedTransport(bytes: [UInt8](repeating: 22, count: AsyncTLSLimits.chunkBytesMax + 1))
        let client = try makeClient()
        let end = await failure { try await withPatientTLS(TLSEngine(client), over: transport) { _ in } }
        #expect((end as? AsyncTLSError)?.code == .chunkTooLong)
        #expect((end as? AsyncTLSError)?.fault == .transport)
    }
}
