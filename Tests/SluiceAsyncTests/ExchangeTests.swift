import Sluice
import SluiceAsync
import Testing

/// Bytes that go both ways between a client and a server.
@Suite(.timeLimit(.minutes(10)))
struct ExchangeTests {
    @Test(arguments: TLSVersion.allCases, [1, 5, 300, 64 * 1024])
    func `a client asks and a server answers over any capacity`(version: TLSVersion, capacity: Int) async throws {
        let question = pattern(20_000)
        let (answer, served) = try await converse(version, capacity: capacity) { stream in
            try await stream.write(question)
            try await stream.close()
            return try await stream.readToEnd()
        } server: { stream in
            let question = try await stream.readToEnd()
            try await stream.write(question.reversed())
            return question
        }
        #expect(served == question)
        #expect(answer == question.reversed())
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring], [4096, 64 * 1024])
    func `megabytes go both ways at once, from two tasks at each end`(
        appetite: AsyncTLSAppetite,
        capacity: Int
    ) async throws {
        let (up, down) = (pattern(5 << 20), pattern(5 << 20, seed: 2))
        let exchange = { @Sendable (stream: AsyncTLSStream, bytes: [UInt8]) async throws -> [UInt8] in
            async let written: Void = {
                try await stream.write(bytes)
                try await stream.close()
            }()
            let received = try await stream.readToEnd()
            try await written
            return received
        }
        let (atClient, atServer) = try await converse(capacity: capacity, appetite: appetite) { stream in
            try await exchange(stream, up)
        } server: { stream in
            try await exchange(stream, down)
        }
        #expect(atClient == down)
        #expect(atServer == up)
    }

    @Test func `writes of several tasks at once don't mix`() async throws {
        let pieces = 60_000
        let (_, received) = try await converse { stream in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in UInt8(0)..<8 {
                    group.addTask { try await stream.write([UInt8](repeating: writer, count: pieces)) }
                }
                try await group.waitForAll()
            }
        } server: { stream in
            try await stream.readToEnd()
        }
        try #require(received.count == 8 * pieces)
        let runs = (0..<8).map { Set(received[$0 * pieces..<($0 + 1) * pieces]) }
        #expect(runs.allSatisfy { $0.count == 1 })
        #expect(Set(runs.joined()).count == 8)
    }

    @Test func `reads of several tasks at once share the bytes`() async throws {
        let (_, count) = try await converse { stream in
            try await stream.write(pattern(300_000))
        } server: { stream in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await stream.readToEnd().count } }
                return try await group.reduce(0, +)
            }
        }
        #expect(count == 300_000)
    }

    @Test func `a server that closed still reads`() async throws {
        let (greeting, received) = try await converse { stream in
            let greeting = try await stream.readToEnd()
            try await stream.write(pattern(100_000))
            return greeting
        } server: { stream in
            try await stream.write([1, 2, 3])
            try await stream.close()
            try await stream.close()
            await #expect(throws: TLSError.self) { try await stream.write([4]) }
            return try await stream.readToEnd()
        }
        #expect(greeting == [1, 2, 3])
        #expect(received == pattern(100_000))
    }

    @Test func `nothing is a write too, and keeps its place`() async throws {
        let (_, received) = try await converse { stream in
            try await stream.write([])
            try await stream.write([7])
            try await stream.flush()
            try await stream.flush()
        } server: { stream in
            try await stream.readToEnd()
        }
        #expect(received == [7])
    }

    @Test func `what the engine is asked for directly goes out by itself`() async throws {
        let (events, received) = try await converse { stream in
            let isUpdated = try stream.withEngine { engine throws(TLSError) in
                try engine.updateKeys(requestingPeer: true)
            }
            #expect(isUpdated)
            try await stream.write([1])
            #expect(try await stream.read() == [2])
            return stream.withEngine { engine in
                var events: [TLSEvent] = []
                while let event = engine.nextEvent() { events.append(event) }
                return events
            }
        } server: { stream in
            let byte = try await stream.read()
            try await stream.write([2])
            return byte
        }
        #expect(received == [1])
        #expect(events.contains(.keysUpdated(.sent)))
        #expect(events.contains(.keysUpdated(.received)))
    }

    @Test(arguments: [AsyncTLSAppetite.exact, .ring])
    func `an engine that hibernates wakes with the next byte`(appetite: AsyncTLSAppetite) async throws {
        let (_, answer) = try await converse(.tls12, appetite: appetite) { stream in
            #expect(try await stream.read() == [1])
            try await stream.write([2])
        } server: { stream in
            #expect(stream.withEngine { engine in engine.hibernate() })
            try await stream.write([1])
            return try await stream.read()
        }
        #expect(answer == [2])
    }

    @MainActor
    @Test func `a body runs where its caller does, and may use what is there`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        async let served = withPatientTLS(TLSEngine(server), over: far) { stream in try await stream.write([1, 2]) }
        var received: [UInt8] = []
        try await withPatientTLS(TLSEngine(client), over: near) { stream in
            MainActor.assertIsolated()
            for try await bytes in stream.plaintext { received += bytes }
            MainActor.assertIsolated()
        }
        try await served
        #expect(received == [1, 2])
    }

    @Test func `a thousand connections share the pool`() async throws {
        let (client, server) = (try makeClient(), try makeServer())
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    let (near, far) = InMemoryTransport.pair(capacity: 2048)
                    async let echoed: Void = withPatientTLS(TLSEngine(server), over: far) { stream in
                        for try await piece in stream.plaintext { try await stream.write(piece) }
                    }
                    let sent = pattern(1000, seed: UInt32(number))
                    let received = try await withPatientTLS(TLSEngine(client), over: near) { stream in
                        try await stream.write(sent)
                        try await stream.close()
                        return try await stream.readToEnd()
                    }
                    try await echoed
                    return received == sent
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }
    }
}
