import Sluice
import SluiceAsync
import Testing

/// What is cancelled ends, and nothing else does.
@Suite(.timeLimit(.minutes(10)))
struct CancellationTests {
    @Test(arguments: TLSVersion.allCases, [AsyncTLSAppetite.exact, .ring])
    func `a read that is cancelled loses no byte`(version: TLSVersion, appetite: AsyncTLSAppetite) async throws {
        let sent = pattern(400_000)
        let (_, received) = try await converse(version, capacity: 777, appetite: appetite) { stream in
            try await stream.write(sent)
        } server: { stream in
            var received: [UInt8] = []
            while true {
                let read = await withTaskGroup(of: Result<[UInt8], any Error>.self) { group in
                    group.addTask {
                        do { return .success(try await stream.read(atMost: 5000)) } catch { return .failure(error) }
                    }
                    // Sometimes before it runs, sometimes in the middle, sometimes too late.
                    for _ in 0..<received.count % 7 { await Task.yield() }
                    group.cancelAll()
                    return await group.next()
                }
                switch read {
                case .success([])?, nil: return received
                case .success(let bytes): received += bytes
                case .failure(let error): #expect(error is CancellationError)
                }
            }
        }
        #expect(received == sent)
    }

    @Test func `a write that is cancelled goes on where it stopped`() async throws {
        let sent = pattern(400_000)
        let (cancellations, received) = try await converse(capacity: 777) { stream in
            var rest = sent[...]
            var cancellations = 0
            while !rest.isEmpty {
                let before = rest
                let (result, left) = await withTaskGroup(of: (Bool, ArraySlice<UInt8>).self) { group in
                    group.addTask {
                        var rest = before
                        do {
                            try await stream.write(from: &rest)
                            return (true, rest)
                        } catch {
                            return (false, rest)
                        }
                    }
                    for _ in 0..<before.count % 7 { await Task.yield() }
                    group.cancelAll()
                    return await group.next() ?? (true, [])
                }
                cancellations += result ? 0 : 1
                rest = left
            }
            return cancellations
        } server: { stream in
            try await stream.readToEnd()
        }
        #expect(received == sent)
        #expect(cancellations > 0)
    }

    @Test func `a write that is cancelled hands its turn on`() async throws {
        let gate = Gate()
        let (_, received) = try await converse(capacity: 100) { stream in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await stream.write([UInt8](repeating: 1, count: 1 << 20)) }
                while stream.withEngine({ $0.counters.plaintextBytesSent }) == 0 { await Task.yield() }
                group.cancelAll()
            }
            gate.open()
            try await stream.write([2, 2, 2])
        } server: { stream in
            try await gate.pass()
            return try await stream.readToEnd()
        }
        #expect(received.suffix(4) == [1, 2, 2, 2])
        #expect(received.count < 1 << 20)
    }

    @Test func `a scope that is cancelled in the handshake ends and closes its transport`() async throws {
        let transport = DeadTransport()
        let client = try makeClient()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) {
                    try await withPatientTLS(TLSEngine(client), over: transport) { _ in }
                }
            }
            try? await transport.waitForUse()
            group.cancelAll()
        }
        #expect(transport.isClosed)
    }

    @Test func `a scope that is cancelled while everything waits ends without goodbye`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer())
        let established = Gate()
        async let end: TLSError? = {
            do {
                _ = try await withPatientTLS(TLSEngine(server), over: far) { stream in try await stream.read() }
                return nil
            } catch let error as TLSError {
                return error
            }
        }()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) {
                    try await withPatientTLS(TLSEngine(client), over: near) { stream in
                        established.open()
                        _ = try await stream.read()
                    }
                }
            }
            try? await established.pass()
            group.cancelAll()
        }
        #expect(try await end?.code == .truncated)
    }

    @Test func `a scope that is cancelled in a decision ends`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let (client, server) = (try makeClient(), try makeServer { $0.parameters.decisions = .clientHello })
        let asked = Gate()
        async let clientEnd: Bool = {
            do {
                try await withPatientTLS(TLSEngine(client), over: near) { _ in }
                return false
            } catch {
                return error is TLSError
            }
        }()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let decisions = AsyncTLSDecisions(clientHello: { _ in
                    try await asked.pass()
                    return .proceed
                })
                await #expect(throws: CancellationError.self) {
                    try await withPatientTLS(TLSEngine(server), over: far, deciding: decisions) { _ in }
                }
            }
            try? await asked.waitForVisitor()
            group.cancelAll()
        }
        #expect(await clientEnd)
    }

    @Test func `a stream that outlives its scope throws`() async throws {
        let (stream, _) = try await converse { stream in
            stream
        } server: { stream in
            try await stream.readToEnd()
        }
        let isOver = { @Sendable (error: any Error) in (error as? AsyncTLSError)?.code == .scopeEnded }
        await #expect { _ = try await stream.read() } throws: { isOver($0) }
        await #expect { try await stream.write([1]) } throws: { isOver($0) }
        await #expect { try await stream.flush() } throws: { isOver($0) }
        await #expect { try await stream.close() } throws: { isOver($0) }
        await #expect { _ = try await stream.unwrap() } throws: { isOver($0) }
    }
}
