import Fixtures
import Sluice
import Testing

struct EventTests {
    @Test func `a TLS 1.3 handshake tells its messages in order on both ends`() throws {
        var pair = try EnginePair(
            client: .fixture(.tls13) { $0.parameters.observations = [.messages, .records, .keyLog] },
            server: .fixture(.tls13) { $0.parameters.observations = [.messages, .records, .keyLog] }
        )
        _ = pair.settleReading()
        let client = pair.clientEvents()
        let server = pair.serverEvents()
        let expected: [(TLSDirection, UInt8)] = [
            (.sent, 1), (.received, 2), (.received, 8), (.received, 11), (.received, 15), (.received, 20), (.sent, 20),
            (.received, 4), (.received, 4),
        ]
        let messages = Self.messages(in: client)
        #expect(messages.map(\.direction) == expected.map(\.0) && messages.map(\.type) == expected.map(\.1))
        let mirrored = Self.messages(in: server)
        #expect(mirrored.map(\.type) == messages.map(\.type) && mirrored.map(\.byteCount) == messages.map(\.byteCount))
        #expect(mirrored.map(\.direction) == messages.map { $0.direction == .sent ? .received : .sent })
        let lines = client.compactMap { event in if case .keyLogLine(let line) = event { line } else { nil } }
        #expect(Set(lines.compactMap { $0.split(separator: " ").first }).count == 5)
        #expect(
            lines.sorted() == server.compactMap { if case .keyLogLine(let line) = $0 { line } else { nil } }.sorted()
        )
        #expect(client.contains { if case .record(let record) = $0 { record.contentType == 23 } else { false } })
    }

    @Test(arguments: TLSVersion.allCases)
    func `nothing is told that wasn't asked for`(version: TLSVersion) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        _ = pair.settleReading()
        let summary = try #require(pair.outcome().server.summary)
        #expect(pair.serverEvents() == [.handshakeCompleted(summary)])
    }

    @Test(arguments: TLSVersion.allCases)
    func `the summary counts bytes and flights as they crossed`(version: TLSVersion) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version) { $0.sessions.ticketCount = 0 })
        pair.settle()
        let client = try #require(pair.outcome().client.summary)
        let server = try #require(pair.outcome().server.summary)
        #expect(client.bytesSent == UInt64(pair.clientSent.count) && server.bytesReceived == client.bytesSent)
        #expect(server.bytesSent == UInt64(pair.serverSent.count) && client.bytesReceived == server.bytesSent)
        let flights = version == .tls13 ? (2, 1) : (2, 2)
        #expect((client.flightsSent, client.flightsReceived) == flights)
        #expect((server.flightsReceived, server.flightsSent) == flights)
    }

    @Test func `new keys are told on both ends, and data goes on`() throws {
        var pair = try EnginePair(client: .fixture(.tls13), server: .fixture(.tls13))
        _ = pair.settleReading()
        _ = (pair.clientEvents(), pair.serverEvents())
        expect(try pair.client.updateKeys(requestingPeer: true))
        let read = pair.exchange(fromClient: [1, 2], fromServer: [3])
        #expect(read.server == [1, 2] && read.client == [3])
        #expect(pair.clientEvents() == [.keysUpdated(.sent), .keysUpdated(.received)])
        #expect(pair.serverEvents() == [.keysUpdated(.received), .keysUpdated(.sent)])
    }

    @Test func `new keys asked for after a close keep the other direction open`() throws {
        var pair = try EnginePair(client: .fixture(.tls13), server: .fixture(.tls13))
        _ = pair.settleReading()
        try pair.client.close()
        _ = pair.settleReading()
        expect(try pair.server.updateKeys(requestingPeer: true))
        try pair.server.write([1, 2, 3])
        let read = pair.settleReading()
        #expect(read.client == [1, 2, 3] && pair.outcome().server.failure == nil)
    }

    @Test func `TLS 1.2 has no new keys`() throws {
        var pair = try EnginePair(client: .fixture(.tls12), server: .fixture(.tls12))
        _ = pair.settleReading()
        expect(try !pair.client.updateKeys(requestingPeer: false))
        let read = pair.exchange(fromClient: [1, 2], fromServer: [3])
        #expect(read.server == [1, 2] && read.client == [3])
    }

    @Test func `alerts are told on both ends`() throws {
        var pair = try EnginePair(client: .fixture(), server: .fixture(nil, Fixtures.expired))
        _ = pair.settleReading()
        #expect(pair.clientEvents().contains(.alertSent(.certificateExpired)))
        #expect(pair.serverEvents().contains(.alertReceived(.certificateExpired)))
    }

    @Test(arguments: TLSVersion.allCases)
    func `the counters count what passed`(version: TLSVersion) throws {
        var pair = try EnginePair(client: .fixture(version), server: .fixture(version))
        _ = pair.exchange(fromClient: Array(repeating: 1, count: 40_000), fromServer: [1, 2, 3])
        let client = pair.client.counters
        let server = pair.server.counters
        #expect(client.plaintextBytesSent == 40_000 && server.plaintextBytesReceived == 40_000)
        #expect(client.plaintextBytesReceived == 3 && server.plaintextBytesSent == 3)
        #expect(client.ciphertextBytesSent == UInt64(pair.clientSent.count))
        #expect(client.ciphertextBytesReceived == UInt64(pair.serverSent.count))
        #expect(server.ciphertextBytesReceived == client.ciphertextBytesSent)
        #expect(server.recordsReceived == client.recordsSent && client.recordsReceived == server.recordsSent)
        #expect(client.recordsSent >= 3)
    }

    private static func messages(in events: [TLSEvent]) -> [HandshakeMessage] {
        events.compactMap { if case .message(let message) = $0 { message } else { nil } }
    }
}
