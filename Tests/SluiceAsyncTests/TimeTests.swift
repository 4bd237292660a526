import Sluice
import SluiceAsync
import Testing

/// Peers and transports that take too long, on a clock that is moved by hand.
@Suite(.timeLimit(.minutes(10)))
struct TimeTests {
    @Test func `a peer that stalls in the handshake is given up in time`() async throws {
        let (clock, transport) = (ManualClock(), DeadTransport())
        let client = try makeClient()
        async let end = failure {
            try await withTLS(TLSEngine(client), over: transport, handshakeWithin: .seconds(7), clock: clock) { _ in }
        }
        try await clock.advance(by: .seconds(7))
        let error = try #require(await end as? AsyncTLSError)
        #expect(error.code == .handshakeTimedOut)
        #expect(error.fault == .peer)
        #expect(transport.isClosed)
    }

    @Test func `a decision that takes too long is its owner's fault`() async throws {
        let clock = ManualClock()
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer { $0.parameters.decisions = .clientHello })
        let gate = Gate()
        let decisions = AsyncTLSDecisions(clientHello: { _ in
            try await gate.pass()
            return .proceed
        })
        async let clientEnd = failure { try await withTLS(TLSEngine(client), over: near) { _ in } }
        async let end = failure {
            try await withTLS(TLSEngine(server), over: far, clock: clock, deciding: decisions) { _ in }
        }
        try await gate.waitForVisitor()
        try await clock.advance(by: AsyncTLSLimits.handshakeDuration)
        let error = try #require(await end as? AsyncTLSError)
        #expect(error.code == .handshakeTimedOut)
        #expect(error.fault == .caller)
        #expect(await clientEnd is TLSError)
    }

    @Test func `a body that returns waits for the transport no longer than it may`() async throws {
        let clock = ManualClock()
        let (near, far) = InMemoryTransport.pair(capacity: 1000)
        let (client, server) = (try makeClient(), try makeServer())
        let isOver = Gate()
        async let serverEnd = failure {
            try await withTLS(TLSEngine(server), over: far) { stream in
                try await isOver.pass()
                _ = try await stream.readToEnd()
            }
        }
        async let end = failure {
            try await withTLS(TLSEngine(client), over: near, closeWithin: .seconds(3), clock: clock) { stream in
                try await stream.write(pattern(16_000))
            }
        }
        // First for the handshake, then for the close.
        try await clock.advance(by: .seconds(3), onceAsleep: 2)
        let error = try #require(await end as? AsyncTLSError)
        #expect(error.code == .closeTimedOut)
        isOver.open()
        #expect((await serverEnd as? TLSError)?.code == .truncated)
    }

    @Test func `once the handshake is through its time is of no interest`() async throws {
        let clock = ManualClock()
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        async let served = withTLS(TLSEngine(server), over: far, clock: clock) { stream in try await stream.readToEnd()
        }
        try await withTLS(TLSEngine(client), over: near, clock: clock) { stream in
            try await clock.advance(by: .seconds(3600), onceAsleep: 0)
            try await stream.write([1])
        }
        #expect(try await served == [1])
    }
}
