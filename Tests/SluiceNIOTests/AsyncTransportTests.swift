import Fixtures
import NIOCore
import NIOPosix
import Sluice
import SluiceAsync
import SluiceNIO
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AsyncTransportTests {
    @Test(arguments: TLSVersion.allCases)
    func `megabytes go both ways at once`(version: TLSVersion) async throws {
        let (up, down) = (pattern(5 << 20), Array(pattern(5 << 20).reversed()))
        let received = try await converse(
            version,
            client: { stream in try await exchange(stream, up) },
            server: { stream in try await exchange(stream, down) }
        )
        // In words of its own a mismatch would be looked for byte by byte, for hours.
        let isSame = received.server == up && received.client == down
        #expect(isSame)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an end that has closed still reads the answer`(version: TLSVersion) async throws {
        let (question, answer) = (pattern(100_000), pattern(300_000))
        let received = try await converse(
            version,
            client: { stream in
                try await stream.write(question)
                try await stream.close()
                return try await stream.readAll()
            },
            server: { stream in
                let all = try await stream.readAll()
                try await stream.write(answer)
                return all
            }
        )
        #expect(received.client == answer)
        #expect(received.server == question)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a read that is cancelled loses nothing`(version: TLSVersion) async throws {
        let received = try await converse(
            version,
            client: { stream in
                let reading = Task { try await stream.read() }
                reading.cancel()
                await #expect(throws: CancellationError.self) { try await reading.value }
                try await stream.write([1])
                return try await stream.readAll()
            },
            server: { stream in
                // Not before the read is over.
                let asked = try await stream.read()
                try await stream.write(pattern(100_000))
                return asked
            }
        )
        #expect(received.client == pattern(100_000))
        #expect(received.server == [1])
    }

    @Test(arguments: TLSVersion.allCases)
    func `a scope that is cancelled is a truncation to the peer`(version: TLSVersion) async throws {
        let (asker, servant) = (try clientContext(version), try serverContext())
        let outcome = try await connect(
            client: { transport, _ in
                let scope = Task {
                    try await withPatientTLS(TLSEngine(asker), over: transport) { stream in
                        withUnsafeCurrentTask { $0?.cancel() }
                        return try await stream.read()
                    }
                }
                await #expect(throws: CancellationError.self) { try await scope.value }
            },
            server: { transport, _ in
                await error { try await withPatientTLS(TLSEngine(servant), over: transport) { try await $0.readAll() } }
            }
        )
        #expect((outcome.server as? TLSError)?.code == .truncated || outcome.server is IOError)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an end of the bytes without close_notify is a truncation`(version: TLSVersion) async throws {
        let (asker, servant) = (try clientContext(version), try serverContext())
        let outcome = try await connect(
            client: { transport, _ in
                await error {
                    try await withPatientTLS(TLSEngine(asker), over: transport) { stream in
                        let first = try await stream.read()
                        #expect(first == [1, 2, 3])
                        return try await stream.read()
                    }
                }
            },
            server: { transport, channel in
                try? await withPatientTLS(TLSEngine(servant), over: transport) { stream in
                    try await stream.write([1, 2, 3])
                    try await stream.flush()
                    try await channel.close(mode: .output)
                    _ = try await stream.readAll()
                }
            }
        )
        #expect((outcome.client as? TLSError)?.code == .truncated)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a reset reaches the reader as it is`(version: TLSVersion) async throws {
        let (asker, servant) = (try clientContext(version), try serverContext())
        let outcome = try await connect(
            client: { transport, _ in
                await error {
                    try await withPatientTLS(TLSEngine(asker), over: transport) { stream in
                        try await stream.write([1])
                        return try await stream.readAll()
                    }
                }
            },
            server: { transport, channel in
                try? await withPatientTLS(TLSEngine(servant), over: transport) { stream in
                    _ = try await stream.read()
                    // A close that doesn't linger is a reset.
                    let socket = try #require(channel as? any SocketOptionProvider)
                    try await socket.setSoLinger(NIOLinger(l_onoff: 1, l_linger: 0)).get()
                    try await channel.close()
                }
            }
        )
        #expect((outcome.client as? IOError)?.errnoCode == ECONNRESET)
    }

    @Test(arguments: TLSVersion.allCases)
    func `an alert arrives though bytes of the peer were not read`(version: TLSVersion) async throws {
        let asker = try clientContext(version)
        let servant = try serverContext { configuration in
            configuration.clientAuthentication = .required(.roots(try .pem(Fixtures.root)))
        }
        let outcome = try await connect(
            client: { transport, _ in
                await error {
                    try await withPatientTLS(TLSEngine(asker), over: transport) { stream in
                        try await stream.write(pattern(1 << 20))
                        return try await stream.read()
                    }
                }
            },
            server: { transport, _ in
                await error { try await withPatientTLS(TLSEngine(servant), over: transport) { _ in } }
            }
        )
        #expect((outcome.client as? TLSError)?.code == .alertReceived)
        #expect(outcome.server is TLSError)
    }

    @Test(arguments: TLSVersion.allCases)
    func `the channel goes on in plaintext`(version: TLSVersion) async throws {
        let (asker, servant) = (try clientContext(version), try serverContext())
        let received = try await connect(
            client: { transport, _ in
                let early = try await withPatientTLS(TLSEngine(asker), over: transport) { try await $0.unwrap() }
                try await transport.send([1, 2, 3])
                return try await early + transport.receive(atMost: 3)
            },
            server: { transport, _ in
                let early = try await withPatientTLS(TLSEngine(servant), over: transport) { try await $0.unwrap() }
                try await transport.send([4, 5, 6])
                return try await early + transport.receive(atMost: 3)
            }
        )
        #expect(received.client == [4, 5, 6])
        #expect(received.server == [1, 2, 3])
    }

    @Test func `no more is received than is asked for`() async throws {
        let received = try await connect(
            client: { transport, _ in
                try await transport.send(Array(0..<10))
                await transport.close()
                await #expect(throws: ChannelError.self) { try await transport.receive(atMost: 1) }
                await #expect(throws: ChannelError.self) { try await transport.send([1]) }
            },
            server: { transport, _ in
                var pieces: [[UInt8]] = []
                repeat { pieces.append(try await transport.receive(atMost: 4)) } while pieces.last != []
                return pieces
            }
        )
        #expect(received.server.allSatisfy { $0.count <= 4 })
        #expect(received.server.flatMap(\.self) == Array(0..<10))
    }

    @Test func `a close with unread bytes is no reset`() async throws {
        let received = try await connect(
            client: { transport, _ in
                try await transport.send(pattern(1 << 20))
                var all: [UInt8] = []
                while case let bytes = try await transport.receive(atMost: 16), !bytes.isEmpty { all += bytes }
                await transport.close()
                return all
            },
            server: { transport, _ in
                _ = try await transport.receive(atMost: 1)
                try await transport.send([1, 2, 3])
                await transport.close()
            }
        )
        #expect(received.client == [1, 2, 3])
    }

    @Test func `a close ends the receive that waits`() async throws {
        _ = try await connect(
            client: { transport, _ in
                async let failure = error { try await transport.receive(atMost: 1) }
                await transport.close()
                let reason = await failure
                #expect(reason is ChannelError)
            },
            server: { transport, _ in
                let end = try await transport.receive(atMost: 1)
                #expect(end.isEmpty)
            }
        )
    }
}

/// Writes all and closes, while it reads all.
private func exchange(_ stream: AsyncTLSStream, _ bytes: [UInt8]) async throws -> [UInt8] {
    async let received = stream.readAll()
    try await stream.write(bytes)
    try await stream.close()
    return try await received
}

/// What it throws.
private func error<Value>(_ body: () async throws -> Value) async -> (any Error)? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
