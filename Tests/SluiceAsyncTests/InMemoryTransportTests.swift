import SluiceAsync
import Testing

/// The pipe in memory by itself.
@Suite(.timeLimit(.minutes(10)))
struct InMemoryTransportTests {
    private static func isClosed(_ error: any Error) -> Bool {
        (error as? AsyncTLSError)?.code == .transportClosed
    }

    @Test(arguments: [1, 2, 7, 4096])
    func `bytes come out in order, at most as many as asked for`(capacity: Int) async throws {
        let (near, far) = InMemoryTransport.pair(capacity: capacity)
        async let sent: Void = near.send(pattern(3_000))
        var received: [UInt8] = []
        while received.count < 3_000 {
            let piece = try await far.receive(atMost: 3)
            #expect((1...min(3, capacity)).contains(piece.count))
            received += piece
        }
        try await sent
        #expect(received == pattern(3_000))
    }

    @Test func `a send waits for room`() async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 4)
        try await near.send([1, 2, 3, 4])
        let error = await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask { await failure { try await near.send([5]) } }
            for _ in 0..<100 { await Task.yield() }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error is CancellationError)
        #expect(try await far.receive(atMost: 100) == [1, 2, 3, 4])
    }

    @Test func `a receive that is cancelled takes nothing`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let error = await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask { await failure { try await far.receive(atMost: 1) } }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error is CancellationError)
        try await near.send([1])
        #expect(try await far.receive(atMost: 1) == [1])
    }

    @Test func `the other end gets what was sent, then the end, and can't send`() async throws {
        let (near, far) = InMemoryTransport.pair()
        try await near.send([1, 2])
        await near.close()
        await near.close()
        #expect(try await far.receive(atMost: 10) == [1, 2])
        #expect(try await far.receive(atMost: 10).isEmpty)
        #expect(try await far.receive(atMost: 10).isEmpty)
        await #expect { try await far.send([1]) } throws: { Self.isClosed($0) }
    }

    @Test func `an end that closes wakes its own calls and the other's`() async throws {
        let (near, far) = InMemoryTransport.pair(capacity: 1)
        async let ownReceive = failure { try await near.receive(atMost: 1) }
        async let ownSend = failure { try await near.send([1, 2]) }
        async let otherSend = failure { try await far.send([1, 2, 3]) }
        for _ in 0..<100 { await Task.yield() }
        await near.close()
        for error in await [ownSend, otherSend] { #expect(error.map(Self.isClosed) == true) }
        // It may have had a byte before.
        #expect(await ownReceive.map(Self.isClosed) != false)
    }
}
